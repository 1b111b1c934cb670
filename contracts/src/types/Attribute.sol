// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @dev DIMO's pair of an attribute's name and its value.
struct AttributeInfoPair {
    string attribute;
    string info;
}
