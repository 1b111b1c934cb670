// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerNode} from "../types/Ids.sol";

/// @title What the license programme tells the OtaBoard: look again
interface ILicenseBoard {
    function refresh(ManufacturerNode id) external;
}
