// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Protocol} from "../generated/Protocol.sol";
import {DeviceClaim} from "../interfaces/IDeviceClaims.sol";
import {Unit, UnitState} from "./DeviceNode.sol";
import {DeviceSignatures} from "./DeviceSignatures.sol";

/// @dev minted → claimed with the device's consent, and back by its owner.
abstract contract Claims is DeviceSignatures {
    function claimAftermarketDevice(uint256 tokenId, bytes calldata aftermarketDeviceSig) external {
        _requireClaimable(tokenId);
        bytes32 message = keccak256(abi.encode(Protocol.CLAIM_AFTERMARKET_DEVICE_TYPE_HASH, tokenId, msg.sender));
        _useDimoSignature(_addressOf(tokenId), message, aftermarketDeviceSig);
        _claim(tokenId, msg.sender);
    }

    function claimDevice(DeviceClaim calldata claim, bytes calldata deviceSignature) external {
        if (claim.owner == address(0)) revert ZeroOwner();
        _requireClaimable(claim.tokenId);
        uint32 nonce = _units[claim.tokenId].nonce++;
        _requireClaimSignature(_addressOf(claim.tokenId), claim, nonce, deviceSignature);
        _claim(claim.tokenId, claim.owner);
    }

    function returnDevice(uint256 tokenId) external {
        if (ownerOf(tokenId) != msg.sender) revert Unauthorized(msg.sender);
        _unclaim(tokenId);
    }

    function reprovisionAftermarketDeviceByManufacturerBatch(uint256[] calldata tokenIds)
        external
        bounded(tokenIds.length)
    {
        for (uint256 i; i < tokenIds.length; ++i) {
            address owner = ownerOf(tokenIds[i]);
            _requirePrivilege(_units[tokenIds[i]].manufacturer, REPROVISION_PRIVILEGE);
            if (!_isAuthorized(owner, msg.sender, tokenIds[i])) revert Unauthorized(msg.sender);
            _unclaim(tokenIds[i]);
        }
    }

    function isAftermarketDeviceClaimed(uint256 tokenId) external view returns (bool) {
        return _units[tokenId].state == UnitState.Claimed;
    }

    function deviceNonce(uint256 tokenId) external view returns (uint256) {
        return _units[tokenId].nonce;
    }

    function _requireClaimSignature(
        address device,
        DeviceClaim calldata claim,
        uint256 nonce,
        bytes calldata deviceSignature
    ) internal view {
        bytes32 message =
            keccak256(abi.encode(Protocol.CLAIM_DEVICE_TYPE_HASH, claim.tokenId, claim.owner, nonce, claim.deadline));
        _requireOwnSignature(device, message, claim.deadline, deviceSignature);
    }

    function _requireClaimable(uint256 tokenId) private view {
        UnitState state = _requireUnit(tokenId).state;
        if (state == UnitState.Claimed) revert DeviceAlreadyClaimed(tokenId);
    }

    /// @dev Reverts where the unit does not exist or was revoked.
    function _requireUnit(uint256 tokenId) internal view returns (Unit storage unit) {
        unit = _units[tokenId];
        if (unit.owner == address(0)) revert InvalidNode(address(this), tokenId);
        if (unit.state == UnitState.Revoked) revert DeviceIsRevoked(tokenId);
    }

    function _claim(uint256 tokenId, address owner) private {
        _units[tokenId].state = UnitState.Claimed;
        _move(_units[tokenId].owner, owner, tokenId);
        emit AftermarketDeviceClaimed(tokenId, owner);
    }

    /// @dev The nonce moves on, so that a signature made before the return is void.
    function _unclaim(uint256 tokenId) private {
        Unit storage unit = _requireUnit(tokenId);
        if (unit.state != UnitState.Claimed) revert AdNotClaimed(tokenId);
        if (_isPaired(tokenId)) revert AdPaired(tokenId);
        unit.state = UnitState.Minted;
        ++unit.nonce;
        _move(unit.owner, nodes.ownerOf(unit.manufacturer), tokenId);
        emit AftermarketDeviceUnclaimed(tokenId);
    }
}
