// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AuditKind} from "../generated/Protocol.sol";

/// @title Who may do what in the programme
/// @notice One admin with two-step hand-over, licensors, auditors of three kinds, one treasury. An auditor is never
/// admin or licensor.
interface IRoles {
    event TreasuryChanged(address indexed treasury);

    error NotAdmin(address caller);
    error NotLicensor(address caller);
    error NotAuditor(AuditKind kind, address caller);
    error AuditorNotIndependent(address account);
    error ZeroTreasury();

    function isAdmin(address account) external view returns (bool);

    function isLicensor(address account) external view returns (bool);

    function isAuditor(AuditKind kind, address account) external view returns (bool);

    /// @notice Role whose holders record audits of this kind.
    function auditorRole(AuditKind kind) external pure returns (bytes32);

    /// @notice Where slashed stakes go.
    function treasury() external view returns (address);

    function setTreasury(address treasury) external;
}
