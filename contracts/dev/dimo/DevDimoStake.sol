// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title Stand-in for DIMO's Stake: the license is a token, anyone grants and revokes
contract DevDimoStake is ERC721 {
    uint256 public constant minStakeAmount = 77_101 ether;
    mapping(address => uint256) public stakedBalanceOf;

    constructor() ERC721("Dimo License", "DIMO") {}

    function mint(address to, uint256 tokenId) external {
        stakedBalanceOf[to] = minStakeAmount;
        _mint(to, tokenId);
    }

    function revoke(uint256 tokenId) external {
        _burn(tokenId);
    }
}
