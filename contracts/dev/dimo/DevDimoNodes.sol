// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title Stand-in for DIMO's ManufacturerId: anyone mints, only the owner has privileges
contract DevDimoNodes is ERC721 {
    address public immutable _dimoRegistry;
    mapping(uint256 tokenId => uint256) public tokenIdToVersion;

    constructor(address registry) ERC721("Manufacturer Id", "MAN") {
        _dimoRegistry = registry;
    }

    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }

    function hasPrivilege(uint256 tokenId, uint256, address user) external view returns (bool) {
        return ownerOf(tokenId) == user;
    }
}
