// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AuditKind, Life} from "../generated/Protocol.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {Audit, AuditRecord} from "../interfaces/license/IAudits.sol";
import {License} from "../interfaces/license/ILicenseLife.sol";
import {ManufacturerNode} from "../types/Ids.sol";
import {ProgrammeBase} from "./ProgrammeBase.sol";

/// @dev Audits belong to one application: who applies anew is audited anew.
abstract contract Audits is ProgrammeBase {
    mapping(ManufacturerNode id => mapping(uint32 application => mapping(AuditKind => Audit))) private _audits;

    function recordAudit(AuditRecord calldata record) external {
        ManufacturerNode id = record.id;
        License storage license = _licenses[id];
        if (!roles.isAuditor(record.kind, msg.sender)) revert IRoles.NotAuditor(record.kind, msg.sender);
        if (license.life == Life.None) revert NotAllowedIn(id, Life.None);
        (address owner,) = nodes.holder(ManufacturerNode.unwrap(id));
        if (msg.sender == license.licensee || msg.sender == owner) revert AuditOfOwnLicense(id, msg.sender);
        if (record.evidence == 0) revert ZeroEvidence();
        if (record.validUntil <= block.timestamp) revert AuditEnded(record.kind, record.validUntil);

        _audits[id][license.application][record.kind] =
            Audit(msg.sender, record.validUntil, record.passed, record.evidence);
        emit AuditRecorded(
            id, record.kind, msg.sender, license.application, record.passed, record.validUntil, record.evidence
        );
    }

    function auditOf(ManufacturerNode id, AuditKind kind) public view returns (Audit memory) {
        return _audits[id][_licenses[id].application][kind];
    }

    /// @dev A license never outlives its audits: all three passed, none ends before the expiry.
    function _requireAudits(ManufacturerNode id, uint48 expiry) internal view {
        _requireAudit(id, AuditKind.Hardware, expiry);
        _requireAudit(id, AuditKind.Security, expiry);
        _requireAudit(id, AuditKind.Experience, expiry);
    }

    function _requireAudit(ManufacturerNode id, AuditKind kind, uint48 expiry) private view {
        Audit memory audit = auditOf(id, kind);
        if (audit.auditor == address(0)) revert AuditMissing(id, kind);
        if (!audit.passed) revert AuditFailed(id, kind);
        if (audit.validUntil < expiry) revert AuditTooShort(id, kind, audit.validUntil);
    }
}
