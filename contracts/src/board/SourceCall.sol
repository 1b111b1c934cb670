// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Protocol} from "../generated/Protocol.sol";
import {ILicenseSource} from "../interfaces/ILicenseSource.sol";
import {IOtaBoard} from "../interfaces/IOtaBoard.sol";
import {ManufacturerNode} from "../types/Ids.sol";

struct Standing {
    uint8 status;
    uint48 expiry;
    address owner;
}

/// @dev Asks a license source without trusting it to answer: bounded gas, bounded answer, every field in range.
library SourceCall {
    /// @dev Gas the source may use.
    uint256 internal constant GAS = 150_000;

    /// @dev Below this a caller could starve the source of its share (EIP-150 passes on 63/64) and have a source that
    /// catches failures of its own answer differently.
    uint256 internal constant GAS_FLOOR = GAS + GAS / 63 + 20_000;

    uint256 private constant ANSWER_BYTES = 96;

    function ask(ILicenseSource source, ManufacturerNode id) internal view returns (Standing memory standing) {
        if (gasleft() < GAS_FLOOR) revert IOtaBoard.GasBelowFloor(gasleft(), GAS_FLOOR);

        bytes memory question = abi.encodeCall(ILicenseSource.standing, (id));
        uint256[3] memory answer;
        bool answered;
        assembly ("memory-safe") {
            // Copies no more than the answer's 96 bytes, however long the return data is.
            answered := staticcall(GAS, source, add(question, 0x20), mload(question), answer, ANSWER_BYTES)
            answered := and(answered, iszero(lt(returndatasize(), ANSWER_BYTES)))
        }
        if (!answered || !_inRange(answer)) revert IOtaBoard.SourceFailed(id);

        standing = Standing(uint8(answer[0]), uint48(answer[1]), address(uint160(answer[2])));
    }

    function _inRange(uint256[3] memory answer) private pure returns (bool) {
        return answer[0] >= Protocol.LICENSE_STATUS_ACTIVE && answer[0] <= Protocol.LICENSE_STATUS_SUNSET
            && answer[1] <= type(uint48).max && answer[2] != 0 && answer[2] <= type(uint160).max;
    }
}
