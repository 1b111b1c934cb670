// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {AttributeInfoPair} from "../types/Attribute.sol";

/// @title Root nodes: one ERC-721 token per manufacturer
/// @notice Minted and first owned by an admin, then handed to its controller. A controller owns at most one node.
/// Function names and signatures are DIMO's where the function is.
/// @dev Names are 1 to 32 bytes of [A-Za-z0-9 .&'+-] and unique under a canonical form (see ManufacturerName). A name
/// once taken stays reserved for its node, also after a rename.
interface IManufacturerId is IERC721 {
    event ControllerSet(address indexed controller);
    event ControllerRemoved(address indexed controller);
    event ManufacturerNodeMinted(string name, uint256 tokenId, address indexed owner);
    event ManufacturerRenamed(uint256 indexed tokenId, string oldName, string newName);
    event ManufacturerNodeReclaimed(uint256 indexed tokenId, address indexed from, address indexed to);
    event ManufacturerAttributeSet(uint256 tokenId, string attribute, string info);
    event PrivilegeSet(
        uint256 indexed tokenId, uint256 version, uint256 indexed privId, address indexed user, uint256 expires
    );

    error ZeroController();
    error AlreadyController(address account);
    error NotController(address account);
    error ControllerOwnsNodes(address account, uint256 nodes);
    error OwnerNotAdmin(address owner);
    error NotAllowedToOwn(address account);
    error NotReclaimable(uint256 tokenId, address owner);
    error NameLength(uint256 length);
    error NameCharacter(uint256 position);
    error NameSpacing(uint256 position);
    error NameWithoutLetters(string name);
    error NameTaken(string name, uint256 holder);
    error NodeAlreadyNamed(uint256 tokenId, string name);
    error InvalidPrivilege(uint256 privId);
    error InvalidNode(uint256 tokenId);

    // ── admin ──

    /// @notice Makes an account a controller, which may own one manufacturer node. Nodes held as an admin have to be
    /// handed on first; the node of a controllership that ended is in good standing again.
    function setController(address controller) external;

    /// @notice Ends an account's controllership. A node it owns stays where it is, idle: not in good standing, until it
    /// is transferred or reclaimed.
    function removeController(address controller) external;

    /// @notice Mints a node to an admin.
    /// @return tokenId Its id, never 0.
    function mintManufacturer(address owner, string calldata name, AttributeInfoPair[] calldata attrInfoPairs)
        external
        returns (uint256 tokenId);

    /// @notice Mints several nodes to an admin.
    function mintManufacturerBatch(address owner, string[] calldata names) external;

    function renameManufacturer(uint256 tokenId, string calldata name) external;

    function setManufacturerInfo(uint256 tokenId, AttributeInfoPair[] calldata attrInfoPairs) external;

    /// @notice Takes a node back from an owner who is neither admin nor controller any more.
    function reclaim(uint256 tokenId) external;

    // ── owner or approved ──

    /// @notice Grants a privilege until a time; a transfer of the node voids it. Expiry 0 takes it away.
    /// @param privId 1 mint devices, 2 claim, 3 key reset, 4 reprovision, 5 insert device definition.
    function setPrivilege(uint256 tokenId, uint256 privId, address user, uint256 expires) external;

    // ── reads ──

    function isController(address account) external view returns (bool);

    /// @notice Whether the account owns a node as its controller, also after the controllership ended.
    function isManufacturerMinted(address account) external view returns (bool);

    /// @notice Whether a node may be transferred to the account now.
    function isAllowedToOwnManufacturerNode(address account) external view returns (bool);

    /// @notice Node of exactly this name; 0 where there is none.
    function getManufacturerIdByName(string calldata name) external view returns (uint256);

    /// @notice Name of the node; empty where it does not exist.
    function getManufacturerNameById(uint256 tokenId) external view returns (string memory);

    /// @notice Node for which the name, or one that looks like it, is reserved; 0 where it is free.
    /// @dev Reverts as minting would where the name is not well-formed.
    function nameHolder(string calldata name) external view returns (uint256);

    function hasPrivilege(uint256 tokenId, uint256 privId, address user) external view returns (bool);

    function privilegeExpiresAt(uint256 tokenId, uint256 privId, address user) external view returns (uint256);

    /// @notice Number of transfers of the node so far: what privileges and delegates are bound to.
    function tokenIdToVersion(uint256 tokenId) external view returns (uint256);

    /// @notice Owner of the node and whether it is entitled to own one; (0, false) where the node does not exist.
    function holder(uint256 tokenId) external view returns (address owner, bool entitled);

    function exists(uint256 tokenId) external view returns (bool);

    function getInfo(uint256 tokenId, string calldata attribute) external view returns (string memory);
}
