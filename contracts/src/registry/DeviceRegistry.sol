// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Batches} from "./Batches.sol";
import {Minting} from "./Minting.sol";
import {Pairings} from "./Pairings.sol";
import {RegistryBase, RegistryParts} from "./RegistryBase.sol";
import {Service} from "./Service.sol";

/// @title See {IDeviceRegistry}
contract DeviceRegistry is Minting, Batches, Pairings, Service {
    constructor(RegistryParts memory parts) RegistryBase(parts) EIP712("Touchmark", "1") {}
}
