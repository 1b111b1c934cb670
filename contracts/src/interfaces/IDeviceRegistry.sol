// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerNode, ModelId} from "../types/Ids.sol";
import {IAftermarketDevice} from "./IAftermarketDevice.sol";
import {IDeviceBatches} from "./IDeviceBatches.sol";
import {IDeviceClaims} from "./IDeviceClaims.sol";

/// @title Device nodes, children of manufacturer nodes
interface IDeviceRegistry is IAftermarketDevice, IDeviceBatches, IDeviceClaims {
    event MintModelSet(ManufacturerNode indexed id, ModelId indexed model);
    event UnitsRegistered(ManufacturerNode indexed id, ModelId indexed model, uint32 count, uint32 total);
    event FixedAttributeAdded(string attribute);

    error LicenseNotInForce(ManufacturerNode id, uint8 status, uint48 expiry);
    error ModelNotCertified(ManufacturerNode id, ModelId model);
    error QuotaExceeded(ManufacturerNode id, uint32 quota, uint256 wanted);
    error ZeroDeviceAddress();
    error BatchLength(uint256 length, uint256 longest);
    error AttributeFixed(string attribute);
    error AttributeTwice(string attribute);
    error AttributeEmpty(string attribute);

    /// @notice Names the hardware model of the units minted through DIMO's ABI, which has no place for it. Privilege 1.
    function setMintModel(ManufacturerNode id, ModelId model) external;

    /// @notice Admin. Adds an attribute that is set at minting alone.
    function addFixedAttribute(string calldata attribute) external;

    /// @notice Most devices that one call of DIMO's batch functions takes.
    function MAX_BATCH() external view returns (uint256);

    function mintModel(ManufacturerNode id) external view returns (ModelId);

    /// @notice Units charged to the quota so far.
    function unitsRegistered(ManufacturerNode id) external view returns (uint32);

    /// @notice Whether the address was ever a device's here: at birth, by reset, or as a claimed unit of a batch.
    function isAddressUsed(address addr) external view returns (bool);
}
