// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Protocol} from "../generated/Protocol.sol";
import {BatchUnit, DeviceBatch} from "../interfaces/IDeviceBatches.sol";

/// @dev The tree of a batch (protocol/words.md). A leaf hashes 32 bytes, a node 64, so that neither passes for the
/// other; a node's side follows from the index, so that a proof fits one index alone.
library BatchLeaf {
    /// @dev ⌈log2 count⌉.
    function depth(uint32 count) internal pure returns (uint256) {
        return Math.log2(count, Math.Rounding.Ceil);
    }

    function leaf(uint256 chainId, address registry, DeviceBatch calldata batch, BatchUnit calldata unit)
        internal
        pure
        returns (bytes32)
    {
        bytes32 inner = keccak256(
            abi.encode(
                Protocol.DEVICE_LEAF_DOMAIN,
                chainId,
                registry,
                batch.id,
                batch.batchId,
                unit.index,
                unit.device,
                unit.certificateHash,
                unit.mintingRecordHash,
                unit.saltedSerialHash
            )
        );
        return keccak256(abi.encode(inner));
    }

    function rootOf(bytes32 node, uint256 index, bytes32[] calldata proof) internal pure returns (bytes32) {
        for (uint256 level; level < proof.length; ++level) {
            bool right = (index >> level) & 1 == 1;
            node = right ? Hashes.efficientKeccak256(proof[level], node) : Hashes.efficientKeccak256(node, proof[level]);
        }
        return node;
    }
}
