// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {BatchLeafHarness} from "../../../contracts/dev/BatchLeafHarness.sol";

/// @dev Trees built level by level against proofs walked by the registry's library.
contract BatchTreeTest {
    BatchLeafHarness private immutable harness = new BatchLeafHarness();

    function test_C12_fuzz_a_proof_fits_its_own_index_alone(uint8 count_, uint8 index_, uint8 other_) external view {
        uint256 count = 1 + (uint256(count_) % 40);
        uint256 index = index_ % count;
        uint256 depth = harness.depth(uint32(count));
        (bytes32 root, bytes32[] memory proof) = _tree(count, index, depth);
        require(harness.rootOf(_leaf(index), index, proof) == root, "own index");

        uint256 other = other_ % (1 << depth);
        if (other == index) return;
        require(harness.rootOf(_leaf(index), other, proof) != root, "another index");
        require(harness.rootOf(_leaf(other), index, proof) != root, "another leaf");
    }

    function test_fuzz_depth_is_the_logarithm_rounded_up(uint32 count) external view {
        if (count == 0) return;
        uint256 depth = harness.depth(count);
        require(count <= 1 << depth, "too shallow");
        require(depth == 0 || count > 1 << (depth - 1), "too deep");
    }

    function _leaf(uint256 index) private pure returns (bytes32) {
        return keccak256(abi.encode("leaf", index));
    }

    function _tree(uint256 count, uint256 index, uint256 depth)
        private
        pure
        returns (bytes32 root, bytes32[] memory proof)
    {
        bytes32[] memory level = new bytes32[](count);
        for (uint256 i; i < count; ++i) level[i] = _leaf(i);
        proof = new bytes32[](depth);
        for (uint256 d; d < depth; ++d) {
            uint256 sibling = (index >> d) ^ 1;
            proof[d] = sibling < level.length ? level[sibling] : bytes32(0);
            bytes32[] memory next = new bytes32[]((level.length + 1) / 2);
            for (uint256 i; i < next.length; ++i) {
                bytes32 right = 2 * i + 1 < level.length ? level[2 * i + 1] : bytes32(0);
                next[i] = keccak256(abi.encodePacked(level[2 * i], right));
            }
            level = next;
        }
        root = level[0];
    }
}
