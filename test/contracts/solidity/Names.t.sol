// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerName} from "../../../contracts/src/nodes/ManufacturerName.sol";

/// @dev The one-pass rule against the rule as it is written: one pass per step.
contract NamesTest {
    bytes private constant ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.&'+-rnvv01iIlLoO";

    function test_C6_fuzz_one_pass_is_the_written_rule(uint256 seed, uint8 length) external pure {
        bytes memory name = _name(seed, length);
        bytes memory canonical = _passes(name);
        if (canonical.length == 0) return;
        require(ManufacturerName.key(string(name)) == keccak256(canonical), "differs from the written rule");
    }

    function test_C6_fuzz_case_and_separators_change_nothing(uint256 seed, uint8 length) external pure {
        bytes memory name = _name(seed, length % 16);
        if (_passes(name).length == 0) return;
        bytes memory spread = new bytes(2 * name.length - 1);
        for (uint256 i; i < name.length; ++i) {
            spread[2 * i] = _upper(name[i]);
            if (i + 1 < name.length) spread[2 * i + 1] = i % 2 == 0 ? bytes1("-") : bytes1("'");
        }
        require(ManufacturerName.key(string(spread)) == ManufacturerName.key(string(name)), "case or separators count");
    }

    function _name(uint256 seed, uint8 length) private pure returns (bytes memory name) {
        name = new bytes(1 + (uint256(length) % 32));
        for (uint256 i; i < name.length; ++i) {
            name[i] = ALPHABET[uint256(keccak256(abi.encode(seed, i))) % ALPHABET.length];
        }
    }

    function _passes(bytes memory name) private pure returns (bytes memory) {
        bytes memory text = _merge(_merge(_fold(_drop(name)), "r", "n", "m"), "v", "v", "w");
        return text;
    }

    function _drop(bytes memory text) private pure returns (bytes memory kept) {
        for (uint256 i; i < text.length; ++i) {
            bytes1 c = text[i];
            if (c == " " || c == "." || c == "&" || c == "'" || c == "+" || c == "-") continue;
            kept = abi.encodePacked(kept, c);
        }
    }

    function _fold(bytes memory text) private pure returns (bytes memory) {
        for (uint256 i; i < text.length; ++i) {
            if (text[i] >= "A" && text[i] <= "Z") text[i] = bytes1(uint8(text[i]) + 32);
            if (text[i] == "0") text[i] = "o";
            if (text[i] == "1" || text[i] == "i") text[i] = "l";
        }
        return text;
    }

    function _merge(bytes memory text, bytes1 first, bytes1 second, bytes1 merged)
        private
        pure
        returns (bytes memory result)
    {
        for (uint256 i; i < text.length; ++i) {
            bool found = text[i] == first && i + 1 < text.length && text[i + 1] == second;
            result = abi.encodePacked(result, found ? merged : text[i]);
            if (found) ++i;
        }
    }

    function _upper(bytes1 c) private pure returns (bytes1) {
        return c >= "a" && c <= "z" ? bytes1(uint8(c) - 32) : c;
    }
}
