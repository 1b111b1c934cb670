// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AttributeInfoPair} from "../types/Attribute.sol";
import {DeviceNode} from "./DeviceNode.sol";

/// @dev Attributes a device may have. Fixed ones are set at minting, mutable ones also later.
abstract contract Attributes is DeviceNode {
    enum AttributeKind {
        Unknown,
        Fixed,
        Mutable
    }

    mapping(bytes32 nameHash => AttributeKind) private _kinds;
    mapping(uint256 tokenId => mapping(bytes32 nameHash => string)) private _infos;

    constructor() {
        _addAttribute("Serial", AttributeKind.Fixed);
        _addAttribute("IMEI", AttributeKind.Fixed);
        _addAttribute("DevEUI", AttributeKind.Fixed);
        _addAttribute("DefinitionURI", AttributeKind.Mutable);
        _addAttribute("HardwareRevision", AttributeKind.Mutable);
    }

    function _addAttribute(string memory attribute, AttributeKind kind) internal {
        bytes32 nameHash = keccak256(bytes(attribute));
        if (_kinds[nameHash] != AttributeKind.Unknown) revert AttributeExists(attribute);
        _kinds[nameHash] = kind;
        if (kind == AttributeKind.Fixed) emit FixedAttributeAdded(attribute);
        else emit AftermarketDeviceAttributeAdded(attribute);
    }

    function _info(uint256 tokenId, string calldata attribute) internal view returns (string memory) {
        return _infos[tokenId][keccak256(bytes(attribute))];
    }

    /// @dev At minting: every attribute at most once, so that the loop is bounded by the list of attributes.
    function _setFirstInfos(uint256 tokenId, AttributeInfoPair[] calldata pairs) internal {
        for (uint256 i; i < pairs.length; ++i) {
            (bytes32 nameHash,) = _lookUp(pairs[i].attribute);
            if (bytes(pairs[i].info).length == 0) revert AttributeEmpty(pairs[i].attribute);
            if (bytes(_infos[tokenId][nameHash]).length != 0) revert AttributeTwice(pairs[i].attribute);
            _setInfo(tokenId, nameHash, pairs[i]);
        }
    }

    function _setMutableInfos(uint256 tokenId, AttributeInfoPair[] calldata pairs) internal {
        for (uint256 i; i < pairs.length; ++i) {
            (bytes32 nameHash, AttributeKind kind) = _lookUp(pairs[i].attribute);
            if (kind == AttributeKind.Fixed) revert AttributeFixed(pairs[i].attribute);
            _setInfo(tokenId, nameHash, pairs[i]);
        }
    }

    function _lookUp(string calldata attribute) private view returns (bytes32 nameHash, AttributeKind kind) {
        nameHash = keccak256(bytes(attribute));
        kind = _kinds[nameHash];
        if (kind == AttributeKind.Unknown) revert AttributeNotWhitelisted(attribute);
    }

    function _setInfo(uint256 tokenId, bytes32 nameHash, AttributeInfoPair calldata pair) private {
        _infos[tokenId][nameHash] = pair.info;
        emit AftermarketDeviceAttributeSet(tokenId, pair.attribute, pair.info);
    }
}
