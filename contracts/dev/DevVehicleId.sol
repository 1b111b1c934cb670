// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title DIMO's vehicle token for local chains: anyone mints
contract DevVehicleId is ERC721 {
    constructor() ERC721("Vehicle Id", "VEH") {}

    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }
}
