// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IManufacturerId} from "../interfaces/IManufacturerId.sol";

/// @dev When two names count as the same: canonical(name) drops case and separators and merges what looks alike.
///
///   lower case; drop ` .&'+-`; 0 → o; 1, i → l; then rn → m and vv → w
library ManufacturerName {
    uint256 internal constant MAX_BYTES = 32;

    /// @dev Key of the canonical form. Reverts where the name is not 1–32 bytes of [A-Za-z0-9 .&'+-], has a space at
    /// an edge or two in a row, or consists of separators alone. One pass over at most 32 bytes.
    function key(string memory name) internal pure returns (bytes32) {
        bytes memory raw = bytes(name);
        uint256 length = raw.length;
        if (length == 0 || length > MAX_BYTES) revert IManufacturerId.NameLength(length);

        bytes memory canonical = new bytes(length);
        uint256 used;
        for (uint256 i; i < length; ++i) {
            bytes1 char = raw[i];
            if (char == " " && (i == 0 || i == length - 1 || raw[i - 1] == " ")) revert IManufacturerId.NameSpacing(i);
            if (_isSeparator(char)) continue;
            used = _append(canonical, used, _fold(char, i));
        }
        if (used == 0) revert IManufacturerId.NameWithoutLetters(name);
        assembly ("memory-safe") {
            mstore(canonical, used)
        }
        return keccak256(canonical);
    }

    function _isSeparator(bytes1 char) private pure returns (bool) {
        return char == " " || char == "." || char == "&" || char == "'" || char == "+" || char == "-";
    }

    function _fold(bytes1 char, uint256 position) private pure returns (bytes1) {
        if (char >= "A" && char <= "Z") char |= 0x20;
        else if (char == "0") return "o";
        else if (char == "1") return "l";
        else if (!(char >= "a" && char <= "z") && !(char >= "2" && char <= "9")) {
            revert IManufacturerId.NameCharacter(position);
        }
        return char == "i" ? bytes1("l") : char;
    }

    function _append(bytes memory canonical, uint256 used, bytes1 char) private pure returns (uint256) {
        bytes1 last = used == 0 ? bytes1(0) : canonical[used - 1];
        if (last == "r" && char == "n") canonical[used - 1] = "m";
        else if (last == "v" && char == "v") canonical[used - 1] = "w";
        else canonical[used++] = char;
        return used;
    }
}
