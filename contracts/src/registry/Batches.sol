// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BatchUnit, DeviceBatch} from "../interfaces/IDeviceBatches.sol";
import {DeviceClaim} from "../interfaces/IDeviceClaims.sol";
import {BatchId, ManufacturerNode} from "../types/Ids.sol";
import {BatchLeaf} from "./BatchLeaf.sol";
import {Claims} from "./Claims.sol";
import {UnitState} from "./DeviceNode.sol";

/// @dev One word per batch: the commitment binds model, count and root; the event tells them.
abstract contract Batches is Claims {
    uint32 private constant MAX_COUNT = 1 << 20;

    mapping(ManufacturerNode id => mapping(BatchId batchId => bytes32)) public batchCommitment;
    mapping(ManufacturerNode id => mapping(BatchId batchId => mapping(uint256 word => uint256 bits))) private _taken;

    function commitBatch(DeviceBatch calldata batch) external {
        if (batch.count == 0 || batch.count > MAX_COUNT) revert BatchCount(batch.count);
        if (batchCommitment[batch.id][batch.batchId] != 0) revert BatchExists(batch.id, batch.batchId);
        _charge(batch.id, batch.model, batch.count);
        batchCommitment[batch.id][batch.batchId] = _commitment(batch);
        emit BatchCommitted(batch.id, batch.batchId, batch.model, batch.count, batch.root);
    }

    function claimFromBatch(
        DeviceBatch calldata batch,
        BatchUnit calldata unit,
        DeviceClaim calldata claim,
        bytes calldata deviceSignature
    ) external {
        verifyBatchUnit(batch, unit);
        _take(batch.id, batch.batchId, unit.index);
        _requireUnused(unit.device);
        uint256 tokenId = uint256(uint160(unit.device));
        if (claim.tokenId != tokenId) revert InvalidNode(address(this), claim.tokenId);
        if (claim.owner == address(0)) revert ZeroOwner();
        _requireClaimSignature(unit.device, claim, 0, deviceSignature);

        uint256 manufacturerNode = ManufacturerNode.unwrap(batch.id);
        _mint(claim.owner, tokenId, manufacturerNode, UnitState.Claimed);
        ++_units[tokenId].nonce;
        emit BatchUnitTaken(batch.id, batch.batchId, unit.index, unit.device);
        emit AftermarketDeviceNodeMinted(manufacturerNode, tokenId, unit.device, claim.owner);
        emit AftermarketDeviceClaimed(tokenId, claim.owner);
    }

    function revokeBatchUnit(DeviceBatch calldata batch, uint32 index, bytes32 reason) external {
        _requireEntitledOwner(ManufacturerNode.unwrap(batch.id));
        _requireIn(batch, index);
        _take(batch.id, batch.batchId, index);
        emit BatchUnitRevoked(batch.id, batch.batchId, index, reason);
    }

    function isBatchUnitTaken(ManufacturerNode id, BatchId batchId, uint32 index) external view returns (bool) {
        return (_taken[id][batchId][index >> 8] >> (index & 0xff)) & 1 == 1;
    }

    function verifyBatchUnit(DeviceBatch calldata batch, BatchUnit calldata unit) public view {
        _requireIn(batch, unit.index);
        uint256 depth = BatchLeaf.depth(batch.count);
        if (unit.proof.length != depth) revert BatchProofLength(unit.proof.length, depth);
        bytes32 leaf = BatchLeaf.leaf(block.chainid, address(this), batch, unit);
        if (BatchLeaf.rootOf(leaf, unit.index, unit.proof) != batch.root) {
            revert BatchProofInvalid(batch.id, batch.batchId, unit.index);
        }
    }

    function _requireIn(DeviceBatch calldata batch, uint32 index) private view {
        if (batchCommitment[batch.id][batch.batchId] != _commitment(batch)) {
            revert BatchUnknown(batch.id, batch.batchId);
        }
        if (index >= batch.count) revert BatchIndex(index, batch.count);
    }

    function _take(ManufacturerNode id, BatchId batchId, uint32 index) private {
        uint256 bit = 1 << (index & 0xff);
        uint256 bits = _taken[id][batchId][index >> 8];
        if (bits & bit != 0) revert BatchUnitAlreadyTaken(id, batchId, index);
        _taken[id][batchId][index >> 8] = bits | bit;
    }

    function _commitment(DeviceBatch calldata batch) private pure returns (bytes32) {
        return keccak256(abi.encode(batch.model, batch.count, batch.root));
    }
}
