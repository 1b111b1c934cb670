// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Protocol} from "../generated/Protocol.sol";

/// @dev What a device proves about a release. 32 bytes, most significant first:
///
///   layout(1) | status(1) | securityVersion(4) | announcedBlock(6) | announcer(20)
type ReleaseWord is uint256;

using ReleaseWordFields for ReleaseWord global;

library ReleaseWordFields {
    uint256 private constant STATUS_MASK = uint256(type(uint8).max) << Protocol.RELEASE_STATUS_SHIFT;

    function announced(uint32 securityVersion_, uint48 announcedBlock_, address announcer_)
        internal
        pure
        returns (ReleaseWord)
    {
        return ReleaseWord.wrap(
            (Protocol.LAYOUT << Protocol.RELEASE_LAYOUT_SHIFT)
                | (Protocol.RELEASE_STATUS_ANNOUNCED << Protocol.RELEASE_STATUS_SHIFT)
                | (uint256(securityVersion_) << Protocol.RELEASE_SECURITY_VERSION_SHIFT)
                | (uint256(announcedBlock_) << Protocol.RELEASE_ANNOUNCED_BLOCK_SHIFT)
                | (uint256(uint160(announcer_)) << Protocol.RELEASE_ANNOUNCER_SHIFT)
        );
    }

    /// @dev The same release, withdrawn: who announced it and when stays readable.
    function withdrawn(ReleaseWord word) internal pure returns (ReleaseWord) {
        return ReleaseWord.wrap(
            (ReleaseWord.unwrap(word) & ~STATUS_MASK)
                | (Protocol.RELEASE_STATUS_WITHDRAWN << Protocol.RELEASE_STATUS_SHIFT)
        );
    }

    function isWritten(ReleaseWord word) internal pure returns (bool) {
        return ReleaseWord.unwrap(word) != 0;
    }

    function status(ReleaseWord word) internal pure returns (uint8) {
        return uint8(ReleaseWord.unwrap(word) >> Protocol.RELEASE_STATUS_SHIFT);
    }

    function securityVersion(ReleaseWord word) internal pure returns (uint32) {
        return uint32(ReleaseWord.unwrap(word) >> Protocol.RELEASE_SECURITY_VERSION_SHIFT);
    }

    function announcedBlock(ReleaseWord word) internal pure returns (uint48) {
        return uint48(ReleaseWord.unwrap(word) >> Protocol.RELEASE_ANNOUNCED_BLOCK_SHIFT);
    }

    function announcer(ReleaseWord word) internal pure returns (address) {
        return address(uint160(ReleaseWord.unwrap(word) >> Protocol.RELEASE_ANNOUNCER_SHIFT));
    }
}
