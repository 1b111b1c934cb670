// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Protocol} from "../generated/Protocol.sol";

/// @dev What a device proves about a license. 32 bytes, most significant first:
///
///   layout(1) | status(1) | minSecurityVersion(4) | expiry(6, unix s, 0 = expired) | otaSigner(20)
///
/// The layout byte is never zero, so that the RLP length of the stored value is fixed.
type LicenseWord is uint256;

using LicenseWordFields for LicenseWord global;

library LicenseWordFields {
    function pack(uint8 status_, uint32 minSecurityVersion_, uint48 expiry_, address otaSigner_)
        internal
        pure
        returns (LicenseWord)
    {
        return LicenseWord.wrap(
            (Protocol.LAYOUT << Protocol.LICENSE_LAYOUT_SHIFT)
                | (uint256(status_) << Protocol.LICENSE_STATUS_SHIFT)
                | (uint256(minSecurityVersion_) << Protocol.LICENSE_MIN_SECURITY_VERSION_SHIFT)
                | (uint256(expiry_) << Protocol.LICENSE_EXPIRY_SHIFT)
                | (uint256(uint160(otaSigner_)) << Protocol.LICENSE_OTA_SIGNER_SHIFT)
        );
    }

    function status(LicenseWord word) internal pure returns (uint8) {
        return uint8(LicenseWord.unwrap(word) >> Protocol.LICENSE_STATUS_SHIFT);
    }

    function minSecurityVersion(LicenseWord word) internal pure returns (uint32) {
        return uint32(LicenseWord.unwrap(word) >> Protocol.LICENSE_MIN_SECURITY_VERSION_SHIFT);
    }

    function expiry(LicenseWord word) internal pure returns (uint48) {
        return uint48(LicenseWord.unwrap(word) >> Protocol.LICENSE_EXPIRY_SHIFT);
    }

    function otaSigner(LicenseWord word) internal pure returns (address) {
        return address(uint160(LicenseWord.unwrap(word) >> Protocol.LICENSE_OTA_SIGNER_SHIFT));
    }
}
