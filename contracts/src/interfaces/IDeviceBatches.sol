// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BatchId, ManufacturerNode, ModelId} from "../types/Ids.sol";
import {DeviceClaim} from "./IDeviceClaims.sol";

/// @dev One transaction's worth of units, committed by the root of their leaves.
struct DeviceBatch {
    ManufacturerNode id;
    BatchId batchId;
    ModelId model;
    uint32 count; // units; 1 to 2^20
    bytes32 root;
}

/// @dev One unit of a batch, as its leaf states it (protocol/words.md), with the way to the root.
struct BatchUnit {
    uint32 index; // below the batch's count
    address device;
    bytes32 certificateHash;
    bytes32 mintingRecordHash;
    bytes32 saltedSerialHash;
    bytes32[] proof; // sibling per level, leaf first; as many as the batch is deep
}

/// @title Batch roots: units registered together, brought on chain one by one as they are claimed
/// @notice DIMO's registry does not see these units.
interface IDeviceBatches {
    event BatchCommitted(
        ManufacturerNode indexed id, BatchId indexed batchId, ModelId indexed model, uint32 count, bytes32 root
    );
    event BatchUnitTaken(ManufacturerNode indexed id, BatchId indexed batchId, uint32 index, address indexed device);
    event BatchUnitRevoked(ManufacturerNode indexed id, BatchId indexed batchId, uint32 index, bytes32 reason);

    error BatchExists(ManufacturerNode id, BatchId batchId);
    error BatchUnknown(ManufacturerNode id, BatchId batchId);
    error BatchCount(uint32 count);
    error BatchIndex(uint32 index, uint32 count);
    error BatchProofLength(uint256 length, uint256 depth);
    error BatchProofInvalid(ManufacturerNode id, BatchId batchId, uint32 index);
    error BatchUnitAlreadyTaken(ManufacturerNode id, BatchId batchId, uint32 index);

    /// @notice Registers a batch. Privilege 1; license in force; model certified; the count is charged to the quota.
    function commitBatch(DeviceBatch calldata batch) external;

    /// @notice Mints one unit of a batch straight to the owner that the unit's signature names. Anyone may bring it;
    /// the license's status does not matter any more.
    function claimFromBatch(
        DeviceBatch calldata batch,
        BatchUnit calldata unit,
        DeviceClaim calldata claim,
        bytes calldata deviceSignature
    ) external;

    /// @notice Ends a unit that was never claimed. Owner of the manufacturer node.
    function revokeBatchUnit(DeviceBatch calldata batch, uint32 index, bytes32 reason) external;

    /// @notice keccak256(abi.encode(model, count, root)); zero where there is no such batch.
    function batchCommitment(ManufacturerNode id, BatchId batchId) external view returns (bytes32);

    /// @notice Whether the unit has been claimed or revoked.
    function isBatchUnitTaken(ManufacturerNode id, BatchId batchId, uint32 index) external view returns (bool);

    /// @notice Whether the unit stands in the batch. Reverts where it does not, as claiming would.
    function verifyBatchUnit(DeviceBatch calldata batch, BatchUnit calldata unit) external view;
}
