// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Stand-in for DIMO's DimoCredit: burning more than is there is an arithmetic panic
contract DevDimoCredit {
    mapping(address => uint256) public balanceOf;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function burn(address from, uint256 amount) external {
        balanceOf[from] -= amount;
    }
}
