// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IManufacturerId} from "../interfaces/IManufacturerId.sol";
import {ManufacturerName} from "./ManufacturerName.sol";

/// @dev Name ↔ node, one to one: idOf(nameOf(i)) == i for every node, nameOf(idOf(n)) == n for every name in use.
abstract contract Names is IManufacturerId {
    mapping(bytes32 canonicalKey => uint256 tokenId) private _reservedFor;
    mapping(string name => uint256 tokenId) private _idOf;
    mapping(uint256 tokenId => string name) private _nameOf;

    function getManufacturerIdByName(string calldata name) external view returns (uint256) {
        return _idOf[name];
    }

    function getManufacturerNameById(uint256 tokenId) external view returns (string memory) {
        return _nameOf[tokenId];
    }

    function nameHolder(string calldata name) external view returns (uint256) {
        return _reservedFor[ManufacturerName.key(name)];
    }

    /// @dev First name of a node: neither the name nor the node may be bound.
    function _bindName(uint256 tokenId, string memory name) internal {
        bytes32 key = ManufacturerName.key(name);
        if (_reservedFor[key] != 0) revert NameTaken(name, _reservedFor[key]);
        if (bytes(_nameOf[tokenId]).length != 0) revert NodeAlreadyNamed(tokenId, _nameOf[tokenId]);
        _set(key, tokenId, name);
    }

    /// @dev The old name stays reserved for the node, which may take it again.
    function _rename(uint256 tokenId, string memory name) internal {
        bytes32 key = ManufacturerName.key(name);
        uint256 reservedFor = _reservedFor[key];
        if (reservedFor != 0 && reservedFor != tokenId) revert NameTaken(name, reservedFor);
        string memory oldName = _nameOf[tokenId];
        delete _idOf[oldName];
        _set(key, tokenId, name);
        emit ManufacturerRenamed(tokenId, oldName, name);
    }

    function _set(bytes32 key, uint256 tokenId, string memory name) private {
        _reservedFor[key] = tokenId;
        _idOf[name] = tokenId;
        _nameOf[tokenId] = name;
    }
}
