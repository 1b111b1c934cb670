// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token without ERC-2612
contract PermitlessToken is ERC20 {
    constructor() ERC20("Permitless", "LESS") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
