// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {RegistryBase} from "./RegistryBase.sol";

/// @dev Two EIP-712 domains over this contract: DIMO's for its messages, which carry no nonce and so are used once by
/// digest, and ours, whose messages carry the device's nonce. 65-byte signatures, low s.
abstract contract DeviceSignatures is RegistryBase, EIP712 {
    bytes32 private constant DOMAIN_TYPE_HASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    mapping(bytes32 digest => bool) private _used;

    function _useDimoSignature(address device, bytes32 structHash, bytes calldata signature) internal {
        bytes32 digest = MessageHashUtils.toTypedDataHash(_dimoDomain(), structHash);
        if (_used[digest]) revert SignatureUsed(digest);
        _used[digest] = true;
        _requireSignature(device, digest, signature);
    }

    function _requireOwnSignature(address device, bytes32 structHash, uint256 deadline, bytes calldata signature)
        internal
        view
    {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        _requireSignature(device, _hashTypedDataV4(structHash), signature);
    }

    function _requireSignature(address device, bytes32 digest, bytes calldata signature) private pure {
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecover(digest, signature);
        if (failure != ECDSA.RecoverError.NoError || signer != device) revert InvalidAdSignature();
    }

    function _dimoDomain() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(DOMAIN_TYPE_HASH, keccak256("DIMO"), keccak256("1"), block.chainid, address(this))
            );
    }
}
