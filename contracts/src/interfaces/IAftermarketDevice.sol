// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AttributeInfoPair} from "../types/Attribute.sol";

struct AftermarketDeviceInfos {
    address addr; // the unit's address at birth
    AttributeInfoPair[] attrInfoPairs;
}

struct AftermarketDeviceIdAddressPair {
    uint256 aftermarketDeviceNodeId;
    address deviceAddress;
}

/// @title Device nodes as DIMO's registry offers them
/// @notice Names, signatures, events and errors are DIMO's. Where its contract lets harm through, this one refuses:
/// the zero address, an address in use, claims by a signature already used, a reset or return of a claimed device
/// without its owner's approval.
interface IAftermarketDevice {
    event AftermarketDeviceAttributeAdded(string attribute);
    event AftermarketDeviceAttributeSet(uint256 tokenId, string attribute, string info);
    event AftermarketDeviceNodeMinted(
        uint256 indexed manufacturerId,
        uint256 tokenId,
        address indexed aftermarketDeviceAddress,
        address indexed owner
    );
    event AftermarketDeviceClaimed(uint256 aftermarketDeviceNode, address indexed owner);
    event AftermarketDevicePaired(uint256 aftermarketDeviceNode, uint256 vehicleNode, address indexed owner);
    event AftermarketDeviceUnpaired(uint256 aftermarketDeviceNode, uint256 vehicleNode, address indexed owner);
    event AftermarketDeviceUnclaimed(uint256 indexed aftermarketDeviceNode);
    event AftermarketDeviceAddressReset(
        uint256 indexed manufacturerId, uint256 indexed tokenId, address indexed aftermarketDeviceAddress
    );

    error DeviceAlreadyRegistered(address addr);
    error DeviceAlreadyClaimed(uint256 id);
    error InvalidAdSignature();
    error AdNotClaimed(uint256 id);
    error AdPaired(uint256 id);
    error AdNotPaired(uint256 id);
    error VehiclePaired(uint256 id);
    error InvalidParentNode(uint256 id);
    error InvalidNode(address idProxy, uint256 id);
    error Unauthorized(address addr);
    error AttributeNotWhitelisted(string attribute);
    error AttributeExists(string attribute);

    // ── manufacturer: owner of the node or holder of a privilege ──

    /// @notice Mints devices to the node's owner. Privilege 1; license in force; all or nothing.
    /// @dev tokenId = uint160(birth address).
    function mintAftermarketDeviceByManufacturerBatch(
        uint256 manufacturerNode,
        AftermarketDeviceInfos[] calldata adInfos
    ) external;

    /// @notice Gives devices new keys after a repair. Privilege 3; license active or in sunset; unpaired.
    function resetAftermarketDeviceAddressByManufacturerBatch(
        AftermarketDeviceIdAddressPair[] calldata adIdAddrs
    ) external;

    /// @notice Takes devices back for a new owner. Privilege 4; unpaired.
    function reprovisionAftermarketDeviceByManufacturerBatch(uint256[] calldata aftermarketDeviceNodes) external;

    /// @notice Sets mutable attributes. Owner of the manufacturer node; license active or in sunset.
    function setAftermarketDeviceInfo(uint256 tokenId, AttributeInfoPair[] calldata attrInfo) external;

    // ── owner of the device ──

    /// @notice Makes the caller the device's owner, with the device's signature over ClaimAftermarketDeviceSign.
    function claimAftermarketDevice(uint256 aftermarketDeviceNode, bytes calldata aftermarketDeviceSig) external;

    /// @notice Pairs with a vehicle of the caller, with the device's signature over PairAftermarketDeviceSign.
    function pairAftermarketDeviceWithAdSig(
        uint256 aftermarketDeviceNode,
        uint256 vehicleNode,
        bytes calldata aftermarketDeviceSig
    ) external;

    /// @notice Owner of the device or of the vehicle.
    function unpairAftermarketDevice(uint256 aftermarketDeviceNode, uint256 vehicleNode) external;

    // ── admin ──

    /// @notice Adds a mutable attribute.
    function addAftermarketDeviceAttribute(string calldata attribute) external;

    // ── reads ──

    /// @notice Device that this address stands for now; 0 where there is none.
    function getAftermarketDeviceIdByAddress(address addr) external view returns (uint256);

    /// @notice The device's current address; zero where the device does not exist.
    function getAftermarketDeviceAddressById(uint256 tokenId) external view returns (address);

    /// @notice Parent of a device: its manufacturer's node. 0 for a manufacturer node, which is a root.
    function getParentNode(address idProxyAddress, uint256 tokenId) external view returns (uint256);

    function getInfo(address idProxyAddress, uint256 tokenId, string calldata attribute)
        external
        view
        returns (string memory);

    /// @notice Vehicle of a device or device of a vehicle; 0 = not paired.
    function getLink(address idProxyAddress, uint256 nodeId) external view returns (uint256);

    function isAftermarketDeviceClaimed(uint256 tokenId) external view returns (bool);
}
