// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Protocol} from "../generated/Protocol.sol";
import {IManufacturerId} from "../interfaces/IManufacturerId.sol";
import {IRegistrationTerms, RegistrationTerms} from "../interfaces/IRegistrationTerms.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {ManufacturerNode, ModelId} from "../types/Ids.sol";
import {Attributes} from "./Attributes.sol";
import {UnitState} from "./DeviceNode.sol";

struct RegistryParts {
    IRoles roles;
    IManufacturerId nodes;
    IRegistrationTerms programme;
    IERC721 vehicles;
}

/// @dev Who may register units, how many, and which address stands for which unit.
abstract contract RegistryBase is Attributes {
    // DIMO's privileges of a manufacturer node.
    uint256 internal constant MINT_PRIVILEGE = 1;
    uint256 internal constant RESET_PRIVILEGE = 3;
    uint256 internal constant REPROVISION_PRIVILEGE = 4;

    /// @notice Most devices in one call: 100 with Serial and IMEI mint within the gas cap of a transaction, 2^24.
    uint256 public constant MAX_BATCH = 100;

    IRoles public immutable roles;
    IManufacturerId public immutable nodes;
    IRegistrationTerms public immutable programme;
    IERC721 public immutable vehicles;

    /// @dev A quota only rises, so that what was read of it last still holds.
    struct UnitCount {
        uint32 registered;
        uint32 quota;
    }

    mapping(ManufacturerNode id => UnitCount) private _counts;
    mapping(ManufacturerNode id => ModelId) public mintModel;
    mapping(uint256 tokenId => address) private _resetAddresses;
    mapping(address device => uint256 tokenId) private _aliases;

    modifier onlyAdmin() {
        if (!roles.isAdmin(msg.sender)) revert IRoles.NotAdmin(msg.sender);
        _;
    }

    modifier bounded(uint256 length) {
        if (length == 0 || length > MAX_BATCH) revert BatchLength(length, MAX_BATCH);
        _;
    }

    constructor(RegistryParts memory parts) {
        roles = parts.roles;
        nodes = parts.nodes;
        programme = parts.programme;
        vehicles = parts.vehicles;
    }

    function setMintModel(ManufacturerNode id, ModelId model) external {
        _requirePrivilege(ManufacturerNode.unwrap(id), MINT_PRIVILEGE);
        mintModel[id] = model;
        emit MintModelSet(id, model);
    }

    // ── license ──

    function unitsRegistered(ManufacturerNode id) public view returns (uint32) {
        return _counts[id].registered;
    }

    /// @dev Checks everything that registering depends on and charges the quota.
    /// @return owner Owner of the manufacturer node.
    function _charge(ManufacturerNode id, ModelId model, uint256 count) internal returns (address owner) {
        RegistrationTerms memory terms = programme.registrationTerms(id, model);
        owner = terms.owner;
        if (owner == address(0)) revert InvalidParentNode(ManufacturerNode.unwrap(id));
        if (msg.sender != owner) _requirePrivilege(ManufacturerNode.unwrap(id), MINT_PRIVILEGE);
        if (terms.status != Protocol.LICENSE_STATUS_ACTIVE || terms.expiry <= block.timestamp) {
            revert LicenseNotInForce(id, terms.status, terms.expiry);
        }
        if (terms.modelValidUntil <= block.timestamp) revert ModelNotCertified(id, model);

        UnitCount storage units = _counts[id];
        uint256 total = units.registered + count;
        if (total > units.quota) units.quota = programme.quotaOf(id);
        if (total > units.quota) revert QuotaExceeded(id, units.quota, total);
        units.registered = uint32(total);
    }

    /// @dev What serves units already sold goes on in sunset, and stops with suspension.
    function _requireServing(uint256 manufacturerNode) internal view {
        ManufacturerNode id = ManufacturerNode.wrap(manufacturerNode);
        RegistrationTerms memory terms = programme.registrationTerms(id, ModelId.wrap(0));
        bool serving =
            terms.status == Protocol.LICENSE_STATUS_ACTIVE || terms.status == Protocol.LICENSE_STATUS_SUNSET;
        if (!serving || terms.expiry <= block.timestamp) revert LicenseNotInForce(id, terms.status, terms.expiry);
    }

    /// @dev A node that its owner may no longer own gives no power over its units.
    function _requireEntitledOwner(uint256 manufacturerNode) internal view {
        (address owner, bool entitled) = nodes.holder(manufacturerNode);
        if (owner != msg.sender || !entitled) revert Unauthorized(msg.sender);
    }

    function _requirePrivilege(uint256 manufacturerNode, uint256 privilege) internal view {
        if (!nodes.hasPrivilege(manufacturerNode, privilege, msg.sender)) revert Unauthorized(msg.sender);
    }

    // ── addresses ──

    function isAddressUsed(address device) public view returns (bool) {
        return _units[uint256(uint160(device))].state != UnitState.Absent;
    }

    function getAftermarketDeviceIdByAddress(address device) external view returns (uint256) {
        uint256 tokenId = _aliases[device];
        if (tokenId == 0) tokenId = uint256(uint160(device));
        return _addressOf(tokenId) == device ? tokenId : 0;
    }

    function getAftermarketDeviceAddressById(uint256 tokenId) external view returns (address) {
        return _addressOf(tokenId);
    }

    function _addressOf(uint256 tokenId) internal view returns (address) {
        if (_units[tokenId].owner == address(0)) return address(0);
        address resetAddress = _resetAddresses[tokenId];
        return resetAddress == address(0) ? address(uint160(tokenId)) : resetAddress;
    }

    /// @dev No address stands for two units, ever: not by mint, batch or reset.
    function _requireUnused(address device) internal view {
        if (device == address(0)) revert ZeroDeviceAddress();
        if (isAddressUsed(device)) revert DeviceAlreadyRegistered(device);
    }

    /// @dev The old address stands for nothing any more, and stays used.
    function _setAddress(uint256 tokenId, address device) internal {
        _requireUnused(device);
        _units[uint256(uint160(device))].state = UnitState.Alias;
        _resetAddresses[tokenId] = device;
        _aliases[device] = tokenId;
    }
}
