// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AftermarketDeviceIdAddressPair} from "../interfaces/IAftermarketDevice.sol";
import {AttributeInfoPair} from "../types/Attribute.sol";
import {Claims} from "./Claims.sol";
import {Unit, UnitState} from "./DeviceNode.sol";

/// @dev What a manufacturer does for units already registered: new keys, attributes, the end.
abstract contract Service is Claims {
    function resetAftermarketDeviceAddressByManufacturerBatch(AftermarketDeviceIdAddressPair[] calldata resets)
        external
        bounded(resets.length)
    {
        for (uint256 i; i < resets.length; ++i) _reset(resets[i].aftermarketDeviceNodeId, resets[i].deviceAddress);
    }

    function setAftermarketDeviceInfo(uint256 tokenId, AttributeInfoPair[] calldata attrInfo) external {
        uint256 manufacturer = _requireOwnUnit(tokenId).manufacturer;
        _requireServing(manufacturer);
        _setMutableInfos(tokenId, attrInfo);
    }

    function revokeDevice(uint256 tokenId, bytes32 reason) external {
        _requireOwnUnit(tokenId).state = UnitState.Revoked;
        emit DeviceRevoked(tokenId, reason);
    }

    function isDeviceRevoked(uint256 tokenId) external view returns (bool) {
        return _units[tokenId].state == UnitState.Revoked;
    }

    function addAftermarketDeviceAttribute(string calldata attribute) external onlyAdmin {
        _addAttribute(attribute, AttributeKind.Mutable);
    }

    function addFixedAttribute(string calldata attribute) external onlyAdmin {
        _addAttribute(attribute, AttributeKind.Fixed);
    }

    function getInfo(address idProxyAddress, uint256 tokenId, string calldata attribute)
        external
        view
        returns (string memory)
    {
        if (idProxyAddress == address(nodes)) return nodes.getInfo(tokenId, attribute);
        return idProxyAddress == address(this) ? _info(tokenId, attribute) : "";
    }

    function getParentNode(address idProxyAddress, uint256 tokenId) external view returns (uint256) {
        return idProxyAddress == address(this) ? _units[tokenId].manufacturer : 0;
    }

    function _requireOwnUnit(uint256 tokenId) private view returns (Unit storage unit) {
        unit = _requireUnit(tokenId);
        _requireEntitledOwner(unit.manufacturer);
    }

    /// @dev The nonce moves on: what the old key signed is void. A claimed unit's owner must have approved the caller.
    function _reset(uint256 tokenId, address device) private {
        Unit storage unit = _requireUnit(tokenId);
        _requirePrivilege(unit.manufacturer, RESET_PRIVILEGE);
        _requireServing(unit.manufacturer);
        if (_isPaired(tokenId)) revert AdPaired(tokenId);
        bool claimed = unit.state == UnitState.Claimed;
        if (claimed && !_isAuthorized(unit.owner, msg.sender, tokenId)) revert Unauthorized(msg.sender);
        _setAddress(tokenId, device);
        ++unit.nonce;
        emit AftermarketDeviceAddressReset(unit.manufacturer, tokenId, device);
    }
}
