// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Protocol} from "../generated/Protocol.sol";
import {ManufacturerNode, ReleaseDigest} from "../types/Ids.sol";
import {LicenseWord} from "../types/LicenseWord.sol";
import {ReleaseWord} from "../types/ReleaseWord.sol";

/// @dev Where the provable words stand. Each namespace is one mapping, the first member of its struct, so that
/// slot(license) = keccak256(abi.encode(id, base)) and slot(release) nests once more (protocol/words.md).
library BoardWords {
    /// @custom:storage-location erc7201:touchmark.board.license
    struct Licenses {
        mapping(ManufacturerNode id => LicenseWord) words;
    }

    /// @custom:storage-location erc7201:touchmark.board.release
    struct Releases {
        mapping(ManufacturerNode id => mapping(ReleaseDigest digest => ReleaseWord)) words;
    }

    /// @custom:storage-location erc7201:touchmark.board.root
    struct Roots {
        mapping(ManufacturerNode id => uint256) words;
    }

    function licenses() internal pure returns (Licenses storage $) {
        bytes32 base = Protocol.LICENSE_SLOT_BASE;
        assembly ("memory-safe") {
            $.slot := base
        }
    }

    function releases() internal pure returns (Releases storage $) {
        bytes32 base = Protocol.RELEASE_SLOT_BASE;
        assembly ("memory-safe") {
            $.slot := base
        }
    }

    function roots() internal pure returns (Roots storage $) {
        bytes32 base = Protocol.ROOT_SLOT_BASE;
        assembly ("memory-safe") {
            $.slot := base
        }
    }
}
