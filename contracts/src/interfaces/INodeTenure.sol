// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Who holds a manufacturer node, and since which transfer
/// @dev The part of the ManufacturerId token that the OtaBoard reads; DIMO's token has both functions.
interface INodeTenure {
    /// @notice Owner of the node; reverts where it does not exist.
    function ownerOf(uint256 tokenId) external view returns (address);

    /// @notice Number of transfers of the node so far.
    function tokenIdToVersion(uint256 tokenId) external view returns (uint256);
}
