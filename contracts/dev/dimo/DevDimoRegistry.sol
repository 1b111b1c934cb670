// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Protocol} from "../../src/generated/Protocol.sol";
import {AftermarketDeviceIdAddressPair, AftermarketDeviceInfos} from "../../src/interfaces/IAftermarketDevice.sol";
import {DevDimoCredit} from "./DevDimoCredit.sol";
import {DevDimoDevices} from "./DevDimoDevices.sol";
import {DevDimoNodes} from "./DevDimoNodes.sol";

/// @title Stand-in for DIMO's registry on local chains, with its traps
/// @notice What test/contracts/dimo-registry.test.ts asks of it, it asks of DIMO's own contracts as well.
contract DevDimoRegistry is EIP712 {
    event ManufacturerIdProxySet(address indexed proxy);
    event AftermarketDeviceIdProxySet(address indexed proxy);
    event AftermarketDeviceNodeMinted(
        uint256 indexed manufacturerId,
        uint256 tokenId,
        address indexed aftermarketDeviceAddress,
        address indexed owner
    );
    event AftermarketDeviceClaimed(uint256 aftermarketDeviceNode, address indexed owner);
    event AftermarketDeviceUnclaimed(uint256 indexed aftermarketDeviceNode, address indexed owner);
    event AftermarketDevicePaired(uint256 aftermarketDeviceNode, uint256 vehicleNode, address indexed owner);
    event AftermarketDeviceUnpaired(uint256 aftermarketDeviceNode, uint256 vehicleNode, address indexed owner);
    event AftermarketDeviceAddressReset(
        uint256 indexed manufacturerId, uint256 indexed tokenId, address indexed aftermarketDeviceAddress
    );

    error DeviceAlreadyRegistered(address addr);
    error DeviceAlreadyClaimed(uint256 id);
    error InvalidAdSignature();
    error AdNotClaimed(uint256 id);
    error AdPaired(uint256 id);
    error AdNotPaired(uint256 id);
    error InvalidLicense();
    error InvalidParentNode(uint256 id);
    error InvalidNode(address idProxy, uint256 id);
    error Unauthorized(address addr);
    error AttributeNotWhitelisted(string attribute);

    IERC721 public immutable getManufacturerLicense;
    DevDimoCredit public immutable getDimoCredit;
    IERC721 private immutable _vehicles;
    DevDimoNodes public nodes;
    DevDimoDevices public devices;

    mapping(address => uint256) public getAftermarketDeviceIdByAddress;
    mapping(uint256 => address) public getAftermarketDeviceAddressById;
    mapping(uint256 => bool) public isAftermarketDeviceClaimed;
    mapping(address => mapping(uint256 => uint256)) public getParentNode;
    mapping(address => mapping(uint256 => uint256)) public getLink;
    mapping(uint256 => mapping(string => string)) private _infos;
    mapping(string => bool) private _whitelist;

    constructor(IERC721 license, DevDimoCredit credit, IERC721 vehicles) EIP712("DIMO", "1") {
        getManufacturerLicense = license;
        getDimoCredit = credit;
        _vehicles = vehicles;
        _whitelist["Serial"] = _whitelist["IMEI"] = _whitelist["DefinitionURI"] = true;
        _whitelist["HardwareRevision"] = _whitelist["DevEUI"] = true;
    }

    /// @dev A router: what it does not know succeeds, with nothing to say.
    fallback() external {}

    function setTokens(DevDimoNodes nodes_, DevDimoDevices devices_) external {
        (nodes, devices) = (nodes_, devices_);
        emit ManufacturerIdProxySet(address(nodes_));
        emit AftermarketDeviceIdProxySet(address(devices_));
    }

    function getDcxOperationCost(bytes32) external pure returns (uint256) {
        return 5;
    }

    function getInfo(address, uint256 tokenId, string calldata attribute) external view returns (string memory) {
        return _infos[tokenId][attribute];
    }

    function mintAftermarketDeviceByManufacturerBatch(uint256 node, AftermarketDeviceInfos[] calldata infos) external {
        if (node == 0) revert InvalidParentNode(node);
        if (!nodes.hasPrivilege(node, 1, msg.sender)) revert Unauthorized(msg.sender);
        address owner = nodes.ownerOf(node);
        for (uint256 i; i < infos.length; ++i) {
            if (getAftermarketDeviceIdByAddress[infos[i].addr] != 0) revert DeviceAlreadyRegistered(infos[i].addr);
            uint256 tokenId = _mint(node, owner, infos[i].addr);
            for (uint256 j; j < infos[i].attrInfoPairs.length; ++j) {
                string calldata attribute = infos[i].attrInfoPairs[j].attribute;
                if (!_whitelist[attribute]) revert AttributeNotWhitelisted(attribute);
                _infos[tokenId][attribute] = infos[i].attrInfoPairs[j].info;
            }
        }
        if (getManufacturerLicense.balanceOf(owner) == 0) revert InvalidLicense();
        getDimoCredit.burn(msg.sender, 5 * infos.length);
    }

    function claimAftermarketDevice(uint256 tokenId, bytes calldata signature) external {
        _requireDevice(tokenId);
        if (isAftermarketDeviceClaimed[tokenId]) revert DeviceAlreadyClaimed(tokenId);
        _requireSigned(tokenId, abi.encode(Protocol.CLAIM_AFTERMARKET_DEVICE_TYPE_HASH, tokenId, msg.sender), signature);
        isAftermarketDeviceClaimed[tokenId] = true;
        devices.safeTransferFrom(devices.ownerOf(tokenId), msg.sender, tokenId);
        emit AftermarketDeviceClaimed(tokenId, msg.sender);
    }

    function pairAftermarketDeviceWithAdSig(uint256 tokenId, uint256 vehicleId, bytes calldata signature) external {
        if (_vehicles.ownerOf(vehicleId) != msg.sender) revert Unauthorized(msg.sender);
        if (!isAftermarketDeviceClaimed[tokenId]) revert AdNotClaimed(tokenId);
        if (getLink[address(devices)][tokenId] != 0) revert AdPaired(tokenId);
        _requireSigned(tokenId, abi.encode(Protocol.PAIR_AFTERMARKET_DEVICE_TYPE_HASH, tokenId, vehicleId), signature);
        getLink[address(devices)][tokenId] = vehicleId;
        emit AftermarketDevicePaired(tokenId, vehicleId, msg.sender);
    }

    function unpairAftermarketDevice(uint256 tokenId, uint256 vehicleId) external {
        _requireDevice(tokenId);
        if (getLink[address(devices)][tokenId] != vehicleId) revert AdNotPaired(tokenId);
        if (devices.ownerOf(tokenId) != msg.sender) revert Unauthorized(msg.sender);
        _unpair(tokenId);
    }

    /// @dev Takes an address in use, and leaves the old one resolving.
    function resetAftermarketDeviceAddressByManufacturerBatch(AftermarketDeviceIdAddressPair[] calldata resets) external {
        for (uint256 i; i < resets.length; ++i) {
            (uint256 tokenId, address device) = (resets[i].aftermarketDeviceNodeId, resets[i].deviceAddress);
            uint256 node = _requireMaker(tokenId);
            getAftermarketDeviceIdByAddress[device] = tokenId;
            getAftermarketDeviceAddressById[tokenId] = device;
            emit AftermarketDeviceAddressReset(node, tokenId, device);
        }
    }

    /// @dev Burns the token, claimed or not, and mints another for the same address.
    function reprovisionAftermarketDeviceByManufacturerBatch(uint256[] calldata tokenIds) external {
        for (uint256 i; i < tokenIds.length; ++i) {
            uint256 node = _requireMaker(tokenIds[i]);
            address device = getAftermarketDeviceAddressById[tokenIds[i]];
            _unpair(tokenIds[i]);
            devices.burn(tokenIds[i]);
            delete isAftermarketDeviceClaimed[tokenIds[i]];
            delete getAftermarketDeviceAddressById[tokenIds[i]];
            _moveInfos(tokenIds[i], _mint(node, nodes.ownerOf(node), device));
        }
    }

    /// @dev The token's own way back: what the device has signed for it is good again.
    function returned(uint256 tokenId) external returns (address maker) {
        maker = nodes.ownerOf(getParentNode[address(devices)][tokenId]);
        _unpair(tokenId);
        isAftermarketDeviceClaimed[tokenId] = false;
        emit AftermarketDeviceUnclaimed(tokenId, maker);
    }

    function _mint(uint256 node, address owner, address device) private returns (uint256 tokenId) {
        tokenId = devices.mint(owner);
        getParentNode[address(devices)][tokenId] = node;
        getAftermarketDeviceIdByAddress[device] = tokenId;
        getAftermarketDeviceAddressById[tokenId] = device;
        emit AftermarketDeviceNodeMinted(node, tokenId, device, owner);
    }

    function _moveInfos(uint256 from, uint256 to) private {
        string[5] memory attributes = ["Serial", "IMEI", "DefinitionURI", "HardwareRevision", "DevEUI"];
        for (uint256 i; i < attributes.length; ++i) {
            _infos[to][attributes[i]] = _infos[from][attributes[i]];
            delete _infos[from][attributes[i]];
        }
    }

    function _unpair(uint256 tokenId) private {
        uint256 vehicleId = getLink[address(devices)][tokenId];
        if (vehicleId == 0) return;
        delete getLink[address(devices)][tokenId];
        emit AftermarketDeviceUnpaired(tokenId, vehicleId, devices.ownerOf(tokenId));
    }

    function _requireDevice(uint256 tokenId) private view {
        if (getParentNode[address(devices)][tokenId] == 0) revert InvalidNode(address(devices), tokenId);
    }

    function _requireMaker(uint256 tokenId) private view returns (uint256 node) {
        _requireDevice(tokenId);
        node = getParentNode[address(devices)][tokenId];
        if (!nodes.hasPrivilege(node, 3, msg.sender)) revert Unauthorized(msg.sender);
    }

    function _requireSigned(uint256 tokenId, bytes memory message, bytes calldata signature) private view {
        (address signer,,) = ECDSA.tryRecover(_hashTypedDataV4(keccak256(message)), signature);
        if (signer == address(0) || signer != getAftermarketDeviceAddressById[tokenId]) revert InvalidAdSignature();
    }
}
