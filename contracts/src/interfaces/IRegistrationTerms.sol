// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerNode, ModelId} from "../types/Ids.sol";

/// @dev All that registering units depends on, besides the quota, in one answer.
struct RegistrationTerms {
    uint8 status; // words.licenseStatus of protocol.json
    uint48 expiry; // unix seconds
    address owner; // of the node; zero where it does not exist
    uint48 modelValidUntil; // unix seconds; 0 = model not certified
}

/// @title What the device registry asks of the license programme
interface IRegistrationTerms {
    function registrationTerms(ManufacturerNode id, ModelId model) external view returns (RegistrationTerms memory);

    /// @notice Units that may be registered in all. It only rises.
    function quotaOf(ManufacturerNode id) external view returns (uint32);
}
