// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerNode} from "../types/Ids.sol";

/// @title The one question that the OtaBoard asks about a license
interface ILicenseSource {
    /// @notice Standing of a manufacturer now.
    /// @dev Reverts where the node does not exist. A source that knows only yes and no answers active or
    /// suspended, never revoked.
    /// @param id Manufacturer node.
    /// @return status words.licenseStatus of protocol.json: 1 active, 2 suspended, 3 revoked, 4 sunset.
    /// @return expiry Unix seconds from which the license is no longer in force.
    /// @return owner Owner of the node.
    function standing(ManufacturerNode id) external view returns (uint8 status, uint48 expiry, address owner);
}
