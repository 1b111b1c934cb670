// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAudits} from "./license/IAudits.sol";
import {ILicenseLife} from "./license/ILicenseLife.sol";
import {IModels} from "./license/IModels.sol";
import {IMou} from "./license/IMou.sol";
import {ISlashing} from "./license/ISlashing.sol";
import {IStake} from "./license/IStake.sol";
import {ILicenseSource} from "./ILicenseSource.sol";
import {IRegistrationTerms} from "./IRegistrationTerms.sol";

/// @title The manufacturing license: every duty, right and state of it
interface ILicenseProgramme is
    ILicenseLife,
    IStake,
    ISlashing,
    IMou,
    IAudits,
    IModels,
    ILicenseSource,
    IRegistrationTerms
{}
