// SPDX-License-Identifier: Apache-2.0
// Written by protocol/generate.ts from protocol/protocol.json: edit that.
pragma solidity ^0.8.30;

enum Life {
    None,
    Applied,
    Active,
    Suspended,
    Sunset,
    Renounced,
    Revoked,
    Refused
}

enum AuditKind {
    Hardware,
    Security,
    Experience
}

enum Reason {
    Unspecified,
    QualityAndSecurity,
    Support,
    GoodFaith,
    LawfulConduct,
    LocalRules,
    DataRecipients,
    StakeBelowMinimum,
    AuditLapsed
}

enum SlashState {
    None,
    Proposed,
    Contested,
    Upheld,
    Executed,
    Closed
}

/// @title Numbers that contracts share with devices and hosts
library Protocol {
    // Words: layout number, statuses, lease
    uint256 internal constant LAYOUT = 1;
    uint256 internal constant LICENSE_STATUS_ACTIVE = 1;
    uint256 internal constant LICENSE_STATUS_SUSPENDED = 2;
    uint256 internal constant LICENSE_STATUS_REVOKED = 3;
    uint256 internal constant LICENSE_STATUS_SUNSET = 4;
    uint256 internal constant RELEASE_STATUS_ANNOUNCED = 1;
    uint256 internal constant RELEASE_STATUS_WITHDRAWN = 2;
    uint256 internal constant LEASE_SECONDS = 15552000;

    // Words: bits below each field
    uint256 internal constant LICENSE_LAYOUT_SHIFT = 248;
    uint256 internal constant LICENSE_STATUS_SHIFT = 240;
    uint256 internal constant LICENSE_MIN_SECURITY_VERSION_SHIFT = 208;
    uint256 internal constant LICENSE_EXPIRY_SHIFT = 160;
    uint256 internal constant LICENSE_OTA_SIGNER_SHIFT = 0;
    uint256 internal constant RELEASE_LAYOUT_SHIFT = 248;
    uint256 internal constant RELEASE_STATUS_SHIFT = 240;
    uint256 internal constant RELEASE_SECURITY_VERSION_SHIFT = 208;
    uint256 internal constant RELEASE_ANNOUNCED_BLOCK_SHIFT = 160;
    uint256 internal constant RELEASE_ANNOUNCER_SHIFT = 0;
    uint256 internal constant ROOT_LAYOUT_SHIFT = 248;
    uint256 internal constant ROOT_ROOT_HASH_PREFIX_SHIFT = 0;

    // ERC-7201 base slots
    bytes32 internal constant LICENSE_SLOT_BASE = 0x418307fe2b6465f651d8a7f1c7bbe4249606d8f73582e9a334dba0386e6b4e00;
    bytes32 internal constant RELEASE_SLOT_BASE = 0x33097d8f277932b55aee26fd2aedf1446626af0b0e1f6e768434a4da5dea5700;
    bytes32 internal constant ROOT_SLOT_BASE = 0xb910ade2f3f03a8e2375926f83923798e4ba96cf7ee4a38256c6c1e5aa248700;

    // keccak256 of the domain tags used on chain
    bytes32 internal constant DEVICE_LEAF_DOMAIN = 0xd79024c4d4720afef5a7ecca7d077dec5dbfdde5726a706c2f621d7351827717;

    // EIP-712 type hashes
    bytes32 internal constant BLOCK_WITNESS_TYPE_HASH = 0x31976627ee384405d38f0a58a7c94a8dbb0cac8acbfe76e1972b5439b541dd7f;
    bytes32 internal constant TRUST_STATEMENT_TYPE_HASH = 0x5bfbac0aaebf1a58ac5a547f6977e48e38ecc70508de2c21f6eaae60cb3fe84e;
    bytes32 internal constant CLAIM_AFTERMARKET_DEVICE_TYPE_HASH = 0xe9c1553360948ae2a8aaa5056ec0959a02b1ace8e17c82131834e17c50221d99;
    bytes32 internal constant PAIR_AFTERMARKET_DEVICE_TYPE_HASH = 0x2fc20392fbe0e33f2f54b3485f76af2689a66f0e9ab139988ebc81c81bfb063e;
    bytes32 internal constant CLAIM_DEVICE_TYPE_HASH = 0x2c07153c021b7b73d46e241f32c90ea5d141f0600db9b884d0970f50c4d3bced;
    bytes32 internal constant PAIR_DEVICE_TYPE_HASH = 0xd3f8c090789b106d8ec1f4866fda232df5a62fc6249af9544f60fe673ed4d3a6;
    bytes32 internal constant UNPAIR_DEVICE_TYPE_HASH = 0x030a45f92fcd7c87fc5ac66a9629c19bd44661923a99d655db7e726e99551d61;
    bytes32 internal constant MOU_ACCEPTANCE_TYPE_HASH = 0x2a842dd93fb46d1847bb3d42052addc42a9ec0591a59f6ea90fd8dc2ada4dadb;
}
