// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IRoles} from "../src/interfaces/IRoles.sol";
import {ManufacturerId} from "../src/nodes/ManufacturerId.sol";

/// @title ManufacturerId whose naming can be called without minting
contract NamesHarness is ManufacturerId {
    constructor(IRoles roles_) ManufacturerId(roles_) {}

    function bindName(uint256 tokenId, string calldata name) external {
        _bindName(tokenId, name);
    }
}
