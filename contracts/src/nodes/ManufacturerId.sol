// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IManufacturerId} from "../interfaces/IManufacturerId.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {AttributeInfoPair} from "../types/Attribute.sol";
import {Names} from "./Names.sol";
import {Privileges} from "./Privileges.sol";

/// @title See {IManufacturerId}
contract ManufacturerId is ERC721, Names, Privileges {
    /// @dev All that others ask about a node, in one slot.
    struct Holding {
        address owner;
        uint48 version; // transfers so far
        bool byController; // else by right of the admin role, or by none
    }

    IRoles public immutable roles;

    uint256 private _lastTokenId;
    mapping(uint256 tokenId => Holding) private _holdings;
    mapping(address account => bool) public isController;
    mapping(address controller => uint256 tokenId) private _nodeOf;
    mapping(uint256 tokenId => mapping(string attribute => string info)) private _infos;

    modifier onlyAdmin() {
        if (!roles.isAdmin(msg.sender)) revert IRoles.NotAdmin(msg.sender);
        _;
    }

    constructor(IRoles roles_) ERC721("Manufacturer Id", "MFR") {
        roles = roles_;
    }

    // ── controllers ──

    function setController(address controller) external onlyAdmin {
        if (controller == address(0)) revert ZeroController();
        if (isController[controller]) revert AlreadyController(controller);
        uint256 tokenId = _nodeOf[controller];
        uint256 owned = balanceOf(controller);
        if (owned > (tokenId == 0 ? 0 : 1)) revert ControllerOwnsNodes(controller, owned);
        _holdings[tokenId].byController = tokenId != 0;
        isController[controller] = true;
        emit ControllerSet(controller);
    }

    function removeController(address controller) external onlyAdmin {
        if (!isController[controller]) revert NotController(controller);
        _removeController(controller);
    }

    // ── nodes ──

    function mintManufacturer(address owner, string calldata name, AttributeInfoPair[] calldata attrInfoPairs)
        external
        onlyAdmin
        returns (uint256 tokenId)
    {
        tokenId = _mintNamed(owner, name);
        _setInfos(tokenId, attrInfoPairs);
    }

    function mintManufacturerBatch(address owner, string[] calldata names) external onlyAdmin {
        for (uint256 i; i < names.length; ++i) _mintNamed(owner, names[i]);
    }

    function renameManufacturer(uint256 tokenId, string calldata name) external onlyAdmin {
        _requireNode(tokenId);
        _rename(tokenId, name);
    }

    function setManufacturerInfo(uint256 tokenId, AttributeInfoPair[] calldata attrInfoPairs) external onlyAdmin {
        _requireNode(tokenId);
        _setInfos(tokenId, attrInfoPairs);
    }

    function reclaim(uint256 tokenId) external onlyAdmin {
        (address owner, bool entitled) = holder(tokenId);
        if (owner == address(0)) revert InvalidNode(tokenId);
        if (entitled) revert NotReclaimable(tokenId, owner);
        _transfer(owner, msg.sender, tokenId);
        emit ManufacturerNodeReclaimed(tokenId, owner, msg.sender);
    }

    function setPrivilege(uint256 tokenId, uint256 privId, address user, uint256 expires) external {
        _checkAuthorized(_requireOwned(tokenId), msg.sender, tokenId);
        _setPrivilege(tokenId, privId, user, expires);
    }

    // ── reads ──

    function isManufacturerMinted(address account) external view returns (bool) {
        return _nodeOf[account] != 0;
    }

    function isAllowedToOwnManufacturerNode(address account) public view returns (bool) {
        return (isController[account] && balanceOf(account) == 0) || roles.isAdmin(account);
    }

    function hasPrivilege(uint256 tokenId, uint256 privId, address user) external view returns (bool) {
        address owner = _ownerOf(tokenId);
        if (owner == address(0)) return false;
        return owner == user || privilegeExpiresAt(tokenId, privId, user) >= block.timestamp;
    }

    function holder(uint256 tokenId) public view returns (address owner, bool entitled) {
        Holding memory holding = _holdings[tokenId];
        return (holding.owner, holding.byController || (holding.owner != address(0) && roles.isAdmin(holding.owner)));
    }

    function tokenIdToVersion(uint256 tokenId) public view override(IManufacturerId, Privileges) returns (uint256) {
        return _holdings[tokenId].version;
    }

    function exists(uint256 tokenId) external view returns (bool) {
        return _ownerOf(tokenId) != address(0);
    }

    function getInfo(uint256 tokenId, string calldata attribute) external view returns (string memory) {
        return _infos[tokenId][attribute];
    }

    // ── internals ──

    /// @dev No receiver hook: a mint gives control to nobody.
    function _mintNamed(address owner, string calldata name) private returns (uint256 tokenId) {
        if (!roles.isAdmin(owner)) revert OwnerNotAdmin(owner);
        tokenId = ++_lastTokenId;
        _bindName(tokenId, name);
        _mint(owner, tokenId);
        emit ManufacturerNodeMinted(name, tokenId, owner);
    }

    function _ownerOf(uint256 tokenId) internal view override returns (address) {
        return _holdings[tokenId].owner;
    }

    /// @dev Every mint and transfer passes here. An admin that receives a node is no controller any more, so that a
    /// controller never owns two, also after the admin role has moved on.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        if (!isAllowedToOwnManufacturerNode(to)) revert NotAllowedToOwn(to);
        bool toAdmin = roles.isAdmin(to);
        if (toAdmin && isController[to]) _removeController(to);

        from = super._update(to, tokenId, auth);
        if (_nodeOf[from] == tokenId) delete _nodeOf[from];
        if (!toAdmin) _nodeOf[to] = tokenId;
        Holding storage holding = _holdings[tokenId];
        holding.owner = to;
        holding.byController = !toAdmin;
        if (from != address(0)) ++holding.version;
    }

    function _removeController(address controller) private {
        isController[controller] = false;
        _holdings[_nodeOf[controller]].byController = false;
        emit ControllerRemoved(controller);
    }

    function _setInfos(uint256 tokenId, AttributeInfoPair[] calldata pairs) private {
        for (uint256 i; i < pairs.length; ++i) {
            _infos[tokenId][pairs[i].attribute] = pairs[i].info;
            emit ManufacturerAttributeSet(tokenId, pairs[i].attribute, pairs[i].info);
        }
    }

    function _requireNode(uint256 tokenId) private view {
        if (_ownerOf(tokenId) == address(0)) revert InvalidNode(tokenId);
    }
}
