// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AuditKind} from "../../generated/Protocol.sol";
import {ManufacturerNode} from "../../types/Ids.sol";

/// @dev hardware: no interference with safe operation, no false data. security: hardware and OTA. experience:
/// unboxing, pairing, using.
struct AuditRecord {
    ManufacturerNode id;
    AuditKind kind;
    bool passed;
    uint48 validUntil; // unix seconds
    bytes32 evidence; // hash of the report
}

struct Audit {
    address auditor;
    uint48 validUntil;
    bool passed;
    bytes32 evidence;
}

/// @title Audits, recorded by auditors who are neither applicant nor licensor
interface IAudits {
    event AuditRecorded(
        ManufacturerNode indexed id,
        AuditKind indexed kind,
        address indexed auditor,
        uint32 application,
        bool passed,
        uint48 validUntil,
        bytes32 evidence
    );

    error AuditOfOwnLicense(ManufacturerNode id, address auditor);
    error AuditEnded(AuditKind kind, uint48 validUntil);
    error AuditMissing(ManufacturerNode id, AuditKind kind);
    error AuditFailed(ManufacturerNode id, AuditKind kind);
    error AuditTooShort(ManufacturerNode id, AuditKind kind, uint48 validUntil);
    error ZeroEvidence();

    /// @notice Auditor of the kind. The newest record counts.
    function recordAudit(AuditRecord calldata record) external;

    /// @notice The audit of the node's current application.
    function auditOf(ManufacturerNode id, AuditKind kind) external view returns (Audit memory);
}
