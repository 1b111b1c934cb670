// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Life, Reason} from "../../generated/Protocol.sol";
import {ManufacturerNode} from "../../types/Ids.sol";
import {MouSignature} from "./IMou.sol";
import {StakePayment} from "./IStake.sol";

struct Application {
    ManufacturerNode id;
    StakePayment payment; // what is missing to the minimum, or more
    MouSignature mou;
}

struct Grant {
    ManufacturerNode id;
    uint48 expiry; // unix seconds; no later than any of the three audits
    uint32 quota; // units that may be registered
}

/// @dev What a license is; one record per node, kept through its lives.
struct License {
    address licensee;
    Life life;
    uint48 expiry; // unix seconds
    uint32 application; // counts applications for the node
    Life resumesTo; // while suspended: the life to which reinstating returns
    uint32 quota; // units; only rises, also from license to license
    bool renewalRequested;
    uint48 cureUntil; // unix seconds; while suspended for too small a stake
    uint48 supportUntil; // unix seconds; promised by this licensee
    uint48 formerSupportUntil; // unix seconds; the longest that a former licensee promised, and still owes
    uint128 requiredStake; // token units, as of the last application or renewal
}

/// @title The life of a license
/// @notice stake and MOU → three audits → grant; then suspend, reinstate, sunset, revoke, renew, renounce, expire.
/// Each action reports the new standing to the OtaBoard (docs/license-programme.md has the table).
interface ILicenseLife {
    event Applied(ManufacturerNode indexed id, address indexed applicant, uint32 application, uint128 requiredStake);
    event Granted(ManufacturerNode indexed id, address indexed licensee, uint48 expiry, uint32 quota);
    event Refused(ManufacturerNode indexed id, bytes32 evidence);
    event Suspended(ManufacturerNode indexed id, Reason reason, bytes32 evidence, uint48 cureUntil);
    event Reinstated(ManufacturerNode indexed id, Life life);
    event Sunset(ManufacturerNode indexed id, uint48 expiry);
    event Renounced(ManufacturerNode indexed id, uint48 expiry);
    event Revoked(ManufacturerNode indexed id, Reason reason, bytes32 evidence);
    event RenewalRequested(ManufacturerNode indexed id);
    event Renewed(ManufacturerNode indexed id, uint48 expiry, uint128 requiredStake);
    event QuotaRaised(ManufacturerNode indexed id, uint32 quota);
    event SupportExtended(ManufacturerNode indexed id, address indexed licensee, uint48 until);

    error UnknownManufacturer(ManufacturerNode id);
    error NotEntitledOwner(ManufacturerNode id, address caller);
    error NotLicensee(ManufacturerNode id, address caller);
    error NotAllowedIn(ManufacturerNode id, Life life);
    error LicenseeNotOwner(ManufacturerNode id, address licensee, address owner);
    error LicenseNotInForce(ManufacturerNode id, uint8 status, uint48 expiry);
    error ExpiryPassed(uint48 expiry);
    error ExpiryNotLater(uint48 current, uint48 proposed);
    error ExpiryLater(uint48 current, uint48 proposed);
    error RenewalNotRequested(ManufacturerNode id);
    error QuotaNotRaised(uint32 current, uint32 proposed);
    error SupportNotExtended(uint48 current, uint48 proposed);

    // ── owner of the node, entitled to it ──

    /// @notice Applies with stake and signed MOU. Ends a former owner's license, whose stake is released and whose
    /// promise of support stays his: the applicant owes what it promises itself.
    function applyForLicense(Application calldata application) external;

    // ── licensee ──

    /// @notice Gives the license up: no new units; releases only as in sunset until the notice has passed, when the
    /// stake is free. A suspended license, or an application, ends at once.
    function renounce(ManufacturerNode id) external;

    function requestRenewal(ManufacturerNode id) external;

    /// @notice Extends the time for which the caller, who still owns the node, owes support; it never shrinks.
    function extendSupport(ManufacturerNode id, uint48 until) external;

    // ── licensor ──

    function grant(Grant calldata terms) external;

    function refuse(ManufacturerNode id, bytes32 evidence) external;

    function suspend(ManufacturerNode id, Reason reason, bytes32 evidence) external;

    function reinstate(ManufacturerNode id) external;

    /// @notice Winds a license down: no new units, only releases that raise the security version, until expiry.
    function sunset(ManufacturerNode id, uint48 expiry) external;

    function revoke(ManufacturerNode id, Reason reason, bytes32 evidence) external;

    /// @notice Renews what the licensee asked to renew: current MOU signed, stake at today's minimum, audits in date.
    function renew(ManufacturerNode id, uint48 expiry) external;

    function raiseQuota(ManufacturerNode id, uint32 quota) external;

    // ── reads ──

    function licenseOf(ManufacturerNode id) external view returns (License memory);
}
