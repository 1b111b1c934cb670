// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title A contract wallet with one key
contract DevWallet is IERC1271 {
    address public immutable key;

    constructor(address key_) {
        key = key_;
    }

    function execute(address target, bytes calldata data) external returns (bytes memory) {
        require(msg.sender == key, "not the key");
        return Address.functionCall(target, data);
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recover(hash, signature) == key ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}
