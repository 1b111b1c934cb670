// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AftermarketDeviceInfos} from "../interfaces/IAftermarketDevice.sol";
import {ManufacturerNode, ModelId} from "../types/Ids.sol";
import {UnitState} from "./DeviceNode.sol";
import {RegistryBase} from "./RegistryBase.sol";

/// @dev DIMO's batch mint: all or nothing.
abstract contract Minting is RegistryBase {
    function mintAftermarketDeviceByManufacturerBatch(
        uint256 manufacturerNode,
        AftermarketDeviceInfos[] calldata adInfos
    ) external bounded(adInfos.length) {
        ManufacturerNode id = ManufacturerNode.wrap(manufacturerNode);
        ModelId model = mintModel[id];
        address owner = _charge(id, model, adInfos.length);
        for (uint256 i; i < adInfos.length; ++i) _mintDevice(manufacturerNode, owner, adInfos[i]);
        emit UnitsRegistered(id, model, uint32(adInfos.length), unitsRegistered(id));
    }

    function _mintDevice(uint256 manufacturerNode, address owner, AftermarketDeviceInfos calldata info) private {
        _requireUnused(info.addr);
        uint256 tokenId = uint256(uint160(info.addr));
        _mint(owner, tokenId, manufacturerNode, UnitState.Minted);
        _setFirstInfos(tokenId, info.attrInfoPairs);
        emit AftermarketDeviceNodeMinted(manufacturerNode, tokenId, info.addr, owner);
    }
}
