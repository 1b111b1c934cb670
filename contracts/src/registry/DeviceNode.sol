// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {ERC721Utils} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Utils.sol";
import {IDeviceRegistry} from "../interfaces/IDeviceRegistry.sol";

/// @dev One storage slot per unit, which is what makes a mint cheap.
struct Unit {
    address owner;
    uint40 manufacturer; // node id
    uint32 nonce; // of the device's signatures here
    UnitState state;
}

enum UnitState {
    Absent,
    Minted, // the manufacturer's, moved by a claim alone
    Claimed,
    Revoked,
    Alias // not a unit: an address given to another unit by reset
}

/// @dev ERC-721 over packed units. A unit moves freely only while claimed and unpaired.
abstract contract DeviceNode is IDeviceRegistry, IERC721Metadata, IERC721Errors {
    string public constant name = "Touchmark Device";
    string public constant symbol = "TMD";

    mapping(uint256 tokenId => Unit) internal _units;
    mapping(address owner => uint256) private _balances;
    mapping(uint256 tokenId => address) private _approvals;
    mapping(address owner => mapping(address operator => bool)) public isApprovedForAll;

    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IERC721).interfaceId
            || interfaceId == type(IERC721Metadata).interfaceId;
    }

    // ── transfers ──

    /// @dev The nonce moves on: what the device signed for the former owner is void.
    function transferFrom(address from, address to, uint256 tokenId) public {
        if (to == address(0)) revert ERC721InvalidReceiver(to);
        address owner = ownerOf(tokenId);
        if (owner != from) revert ERC721IncorrectOwner(from, tokenId, owner);
        if (!_isAuthorized(owner, msg.sender, tokenId)) revert ERC721InsufficientApproval(msg.sender, tokenId);
        if (_units[tokenId].state != UnitState.Claimed || _isPaired(tokenId)) revert TransferRestricted(tokenId);
        ++_units[tokenId].nonce;
        _move(owner, to, tokenId);
    }

    function safeTransferFrom(address from, address to, uint256 tokenId) external {
        safeTransferFrom(from, to, tokenId, "");
    }

    function safeTransferFrom(address from, address to, uint256 tokenId, bytes memory data) public {
        transferFrom(from, to, tokenId);
        ERC721Utils.checkOnERC721Received(msg.sender, from, to, tokenId, data);
    }

    function approve(address to, uint256 tokenId) external {
        address owner = ownerOf(tokenId);
        if (msg.sender != owner && !isApprovedForAll[owner][msg.sender]) revert ERC721InvalidApprover(msg.sender);
        _approvals[tokenId] = to;
        emit Approval(owner, to, tokenId);
    }

    function setApprovalForAll(address operator, bool approved) external {
        if (operator == address(0)) revert ERC721InvalidOperator(operator);
        isApprovedForAll[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    // ── reads ──

    function balanceOf(address owner) external view returns (uint256) {
        if (owner == address(0)) revert ERC721InvalidOwner(owner);
        return _balances[owner];
    }

    function ownerOf(uint256 tokenId) public view returns (address owner) {
        owner = _units[tokenId].owner;
        if (owner == address(0)) revert ERC721NonexistentToken(tokenId);
    }

    function getApproved(uint256 tokenId) external view returns (address) {
        ownerOf(tokenId);
        return _approvals[tokenId];
    }

    function tokenURI(uint256 tokenId) external view returns (string memory) {
        ownerOf(tokenId);
        return "";
    }

    // ── internals ──

    function _isPaired(uint256 tokenId) internal view virtual returns (bool);

    function _isAuthorized(address owner, address spender, uint256 tokenId) internal view returns (bool) {
        return spender == owner || isApprovedForAll[owner][spender] || _approvals[tokenId] == spender;
    }

    /// @dev No receiver hook: a mint gives control to nobody. The caller has checked that the slot is empty.
    function _mint(address owner, uint256 tokenId, uint256 manufacturer, UnitState state) internal {
        _units[tokenId] = Unit(owner, uint40(manufacturer), 0, state);
        unchecked {
            ++_balances[owner];
        }
        emit Transfer(address(0), owner, tokenId);
    }

    function _move(address from, address to, uint256 tokenId) internal {
        delete _approvals[tokenId];
        _units[tokenId].owner = to;
        unchecked {
            --_balances[from];
            ++_balances[to];
        }
        emit Transfer(from, to, tokenId);
    }
}
