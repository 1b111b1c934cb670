// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BatchUnit, DeviceBatch} from "../src/interfaces/IDeviceBatches.sol";
import {BatchLeaf} from "../src/registry/BatchLeaf.sol";

/// @title The batch format by itself, for its vectors
contract BatchLeafHarness {
    function leaf(uint256 chainId, address registry, DeviceBatch calldata batch, BatchUnit calldata unit)
        external
        pure
        returns (bytes32)
    {
        return BatchLeaf.leaf(chainId, registry, batch, unit);
    }

    function depth(uint32 count) external pure returns (uint256) {
        return BatchLeaf.depth(count);
    }

    function rootOf(bytes32 leaf_, uint256 index, bytes32[] calldata proof) external pure returns (bytes32) {
        return BatchLeaf.rootOf(leaf_, index, proof);
    }
}
