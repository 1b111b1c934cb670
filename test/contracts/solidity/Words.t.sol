// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {LicenseWord, LicenseWordFields} from "../../../contracts/src/types/LicenseWord.sol";
import {ReleaseWord, ReleaseWordFields} from "../../../contracts/src/types/ReleaseWord.sol";

contract WordsTest {
    function test_fuzz_license_word_holds_its_fields(uint8 status, uint32 minimum, uint48 expiry, address signer)
        external
        pure
    {
        LicenseWord word = LicenseWordFields.pack(status, minimum, expiry, signer);
        require(LicenseWord.unwrap(word) >> 248 == 1, "layout");
        require(word.status() == status, "status");
        require(word.minSecurityVersion() == minimum, "minSecurityVersion");
        require(word.expiry() == expiry, "expiry");
        require(word.otaSigner() == signer, "otaSigner");
    }

    function test_fuzz_withdrawing_changes_the_status_alone(uint32 version, uint48 height, address announcer)
        external
        pure
    {
        ReleaseWord word = ReleaseWordFields.announced(version, height, announcer);
        ReleaseWord withdrawn = word.withdrawn();
        require(word.status() == 1 && withdrawn.status() == 2, "status");
        require(ReleaseWord.unwrap(word) ^ ReleaseWord.unwrap(withdrawn) == uint256(3) << 240, "another field moved");
        require(withdrawn.securityVersion() == version, "securityVersion");
        require(withdrawn.announcedBlock() == height, "announcedBlock");
        require(withdrawn.announcer() == announcer, "announcer");
    }
}
