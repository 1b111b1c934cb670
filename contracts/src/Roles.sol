// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    AccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";
import {AuditKind} from "./generated/Protocol.sol";
import {IRoles} from "./interfaces/IRoles.sol";

/// @title See {IRoles}
contract Roles is AccessControlDefaultAdminRules, IRoles {
    bytes32 public constant LICENSOR = keccak256("LICENSOR");

    address public treasury;

    /// @param handOverDelay Seconds before a proposed admin may accept.
    constructor(uint48 handOverDelay, address admin, address treasury_)
        AccessControlDefaultAdminRules(handOverDelay, admin)
    {
        _setTreasury(treasury_);
    }

    function setTreasury(address treasury_) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setTreasury(treasury_);
    }

    function isAdmin(address account) public view returns (bool) {
        return hasRole(DEFAULT_ADMIN_ROLE, account);
    }

    function isLicensor(address account) public view returns (bool) {
        return hasRole(LICENSOR, account);
    }

    function isAuditor(AuditKind kind, address account) public view returns (bool) {
        return hasRole(auditorRole(kind), account);
    }

    function auditorRole(AuditKind kind) public pure returns (bytes32) {
        return keccak256(abi.encode("AUDITOR", kind));
    }

    /// @dev Independence of auditors holds at every moment, not only when an audit is recorded.
    function _grantRole(bytes32 role, address account) internal override returns (bool) {
        bool governs = role == DEFAULT_ADMIN_ROLE || role == LICENSOR;
        bool conflict = governs ? _auditsAnything(account) : isAdmin(account) || isLicensor(account);
        if (conflict) revert AuditorNotIndependent(account);
        return super._grantRole(role, account);
    }

    function _auditsAnything(address account) private view returns (bool) {
        return isAuditor(AuditKind.Hardware, account) || isAuditor(AuditKind.Security, account)
            || isAuditor(AuditKind.Experience, account);
    }

    function _setTreasury(address treasury_) private {
        if (treasury_ == address(0)) revert ZeroTreasury();
        treasury = treasury_;
        emit TreasuryChanged(treasury_);
    }
}
