// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Protocol} from "../generated/Protocol.sol";
import {DevicePairing} from "../interfaces/IDeviceClaims.sol";
import {Unit, UnitState} from "./DeviceNode.sol";
import {Claims} from "./Claims.sol";

/// @dev One device, one vehicle. The vehicle's owner acts; the device consents by signature, and may take it back.
abstract contract Pairings is Claims {
    mapping(uint256 tokenId => uint256 vehicleId) private _vehicleOf;
    mapping(uint256 vehicleId => uint256 tokenId) private _deviceOf;

    function pairAftermarketDeviceWithAdSig(
        uint256 tokenId,
        uint256 vehicleId,
        bytes calldata aftermarketDeviceSig
    ) external {
        _requirePairable(tokenId, vehicleId);
        bytes32 message = keccak256(abi.encode(Protocol.PAIR_AFTERMARKET_DEVICE_TYPE_HASH, tokenId, vehicleId));
        _useDimoSignature(_addressOf(tokenId), message, aftermarketDeviceSig);
        _pair(tokenId, vehicleId);
    }

    function pairDevice(DevicePairing calldata pairing, bytes calldata deviceSignature) external {
        (uint256 tokenId, uint256 vehicleId) = (pairing.tokenId, pairing.vehicleId);
        _requirePairable(tokenId, vehicleId);
        bytes32 message = keccak256(
            abi.encode(
                Protocol.PAIR_DEVICE_TYPE_HASH, tokenId, vehicleId, uint256(_units[tokenId].nonce++), pairing.deadline
            )
        );
        _requireOwnSignature(_addressOf(tokenId), message, pairing.deadline, deviceSignature);
        _pair(tokenId, vehicleId);
    }

    function unpairAftermarketDevice(uint256 tokenId, uint256 vehicleId) external {
        _requirePaired(tokenId, vehicleId);
        address owner = ownerOf(tokenId);
        if (msg.sender != owner && msg.sender != _vehicleOwner(vehicleId)) revert Unauthorized(msg.sender);
        _unpair(tokenId, vehicleId);
    }

    function unpairDevice(DevicePairing calldata pairing, bytes calldata deviceSignature) external {
        (uint256 tokenId, uint256 vehicleId) = (pairing.tokenId, pairing.vehicleId);
        _requirePaired(tokenId, vehicleId);
        bytes32 message = keccak256(
            abi.encode(
                Protocol.UNPAIR_DEVICE_TYPE_HASH, tokenId, vehicleId, uint256(_units[tokenId].nonce++), pairing.deadline
            )
        );
        _requireOwnSignature(_addressOf(tokenId), message, pairing.deadline, deviceSignature);
        _unpair(tokenId, vehicleId);
    }

    function getLink(address idProxyAddress, uint256 nodeId) external view returns (uint256) {
        if (idProxyAddress == address(this)) return _vehicleOf[nodeId];
        return idProxyAddress == address(vehicles) ? _deviceOf[nodeId] : 0;
    }

    function _isPaired(uint256 tokenId) internal view override returns (bool) {
        return _vehicleOf[tokenId] != 0;
    }

    function _requirePairable(uint256 tokenId, uint256 vehicleId) private view {
        if (vehicleId == 0) revert InvalidNode(address(vehicles), 0);
        if (_vehicleOwner(vehicleId) != msg.sender) revert Unauthorized(msg.sender);
        Unit storage unit = _requireUnit(tokenId);
        if (unit.state != UnitState.Claimed) revert AdNotClaimed(tokenId);
        if (_isPaired(tokenId)) revert AdPaired(tokenId);
        if (_deviceOf[vehicleId] != 0) revert VehiclePaired(vehicleId);
    }

    function _requirePaired(uint256 tokenId, uint256 vehicleId) private view {
        if (vehicleId == 0 || _vehicleOf[tokenId] != vehicleId) revert AdNotPaired(tokenId);
    }

    function _unpair(uint256 tokenId, uint256 vehicleId) private {
        delete _vehicleOf[tokenId];
        delete _deviceOf[vehicleId];
        emit AftermarketDeviceUnpaired(tokenId, vehicleId, _units[tokenId].owner);
    }

    function _pair(uint256 tokenId, uint256 vehicleId) private {
        _vehicleOf[tokenId] = vehicleId;
        _deviceOf[vehicleId] = tokenId;
        emit AftermarketDevicePaired(tokenId, vehicleId, _units[tokenId].owner);
    }

    /// @dev A burned vehicle still lets its device go: it has no owner.
    function _vehicleOwner(uint256 vehicleId) private view returns (address) {
        try vehicles.ownerOf(vehicleId) returns (address owner) {
            return owner;
        } catch {
            return address(0);
        }
    }
}
