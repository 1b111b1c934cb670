// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @dev Token id of a manufacturer's root node; devices hold it in 64 bits.
type ManufacturerNode is uint256;

/// @dev keccak256 of a hardware model's name in UTF-8.
type ModelId is bytes32;

/// @dev SUIT manifest digest: SHA-256 over the manifest's byte string, CBOR header included.
type ReleaseDigest is bytes32;

/// @dev Number of a batch root, chosen by the manufacturer, unique per manufacturer.
type BatchId is uint256;
