// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Applications} from "./Applications.sol";
import {Models} from "./Models.sol";
import {Periods, ProgrammeBase, ProgrammeParts} from "./ProgrammeBase.sol";
import {Supervision} from "./Supervision.sol";
import {Terms} from "./Terms.sol";

/// @title See {ILicenseProgramme}
contract LicenseProgramme is Applications, Supervision, Terms, Models {
    constructor(ProgrammeParts memory parts, Periods memory periods, uint128 minStake)
        ProgrammeBase(parts, periods)
        EIP712("Touchmark", "1")
    {
        _setMinStakeAmount(minStake);
    }
}
