// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @dev The device signs ClaimDevice(tokenId, owner, nonce, deadline), nonce = deviceNonce(tokenId).
struct DeviceClaim {
    uint256 tokenId;
    address owner;
    uint256 deadline; // unix seconds
}

/// @dev The device signs PairDevice, or UnpairDevice, (tokenId, vehicleId, nonce, deadline).
struct DevicePairing {
    uint256 tokenId;
    uint256 vehicleId;
    uint256 deadline; // unix seconds
}

/// @title Claim, pair and return with signatures that work once and end
interface IDeviceClaims {
    event DeviceRevoked(uint256 indexed tokenId, bytes32 reason);

    error SignatureExpired(uint256 deadline);
    error SignatureUsed(bytes32 digest);
    error DeviceIsRevoked(uint256 tokenId);
    error TransferRestricted(uint256 tokenId);
    error ZeroOwner();

    /// @notice Anyone may bring the device's signature: it names the owner.
    function claimDevice(DeviceClaim calldata claim, bytes calldata deviceSignature) external;

    /// @notice The vehicle's owner brings the device's signature.
    function pairDevice(DevicePairing calldata pairing, bytes calldata deviceSignature) external;

    /// @notice Anyone may bring the device's signature: who holds it frees it from a vehicle whose owner is gone.
    function unpairDevice(DevicePairing calldata pairing, bytes calldata deviceSignature) external;

    /// @notice Owner of the device gives it back to the manufacturer; it must be unpaired.
    function returnDevice(uint256 tokenId) external;

    /// @notice Owner of the manufacturer node ends a unit: it is claimed, paired, transferred and reset no more.
    function revokeDevice(uint256 tokenId, bytes32 reason) external;

    /// @notice Nonce of the device's next signature here.
    function deviceNonce(uint256 tokenId) external view returns (uint256);

    function isDeviceRevoked(uint256 tokenId) external view returns (bool);
}
