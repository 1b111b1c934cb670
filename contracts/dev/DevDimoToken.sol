// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title $DIMO for local chains: anyone mints
contract DevDimoToken is ERC20Permit {
    constructor() ERC20("Dimo", "DIMO") ERC20Permit("Dimo") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
