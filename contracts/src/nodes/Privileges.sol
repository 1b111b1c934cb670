// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IManufacturerId} from "../interfaces/IManufacturerId.sol";

/// @dev Delegations of a node, each until a time, all void once the node is transferred.
abstract contract Privileges is IManufacturerId {
    uint256 internal constant LAST_PRIVILEGE = 5;

    mapping(uint256 tokenId => mapping(uint256 version => mapping(uint256 privId => mapping(address user => uint256))))
        private _expires;

    function tokenIdToVersion(uint256 tokenId) public view virtual returns (uint256);

    function privilegeExpiresAt(uint256 tokenId, uint256 privId, address user) public view returns (uint256) {
        return _expires[tokenId][tokenIdToVersion(tokenId)][privId][user];
    }

    function _setPrivilege(uint256 tokenId, uint256 privId, address user, uint256 expires) internal {
        if (privId == 0 || privId > LAST_PRIVILEGE) revert InvalidPrivilege(privId);
        uint256 version = tokenIdToVersion(tokenId);
        _expires[tokenId][version][privId][user] = expires;
        emit PrivilegeSet(tokenId, version, privId, user, expires);
    }
}
