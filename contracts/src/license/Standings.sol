// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Life, Protocol} from "../generated/Protocol.sol";
import {License} from "../interfaces/license/ILicenseLife.sol";
import {ManufacturerNode, ModelId} from "../types/Ids.sol";
import {RegistrationTerms} from "../interfaces/IRegistrationTerms.sol";
import {ProgrammeBase} from "./ProgrammeBase.sol";

/// @dev What others may conclude from a license: its life, as long as its licensee holds the node by right.
abstract contract Standings is ProgrammeBase {
    function standing(ManufacturerNode id) external view returns (uint8 status, uint48 expiry, address owner) {
        (status, expiry, owner) = _standing(id, _licenses[id]);
        if (owner == address(0)) revert UnknownManufacturer(id);
    }

    function registrationTerms(ManufacturerNode id, ModelId model)
        external
        view
        returns (RegistrationTerms memory terms)
    {
        (terms.status, terms.expiry, terms.owner) = _standing(id, _licenses[id]);
        terms.modelValidUntil = modelValidUntil(id, model);
    }

    function quotaOf(ManufacturerNode id) external view returns (uint32) {
        return _licenses[id].quota;
    }

    function modelValidUntil(ManufacturerNode id, ModelId model) public view virtual returns (uint48);

    function _standing(ManufacturerNode id, License storage license)
        internal
        view
        returns (uint8 status, uint48 expiry, address owner)
    {
        bool entitled;
        (owner, entitled) = nodes.holder(ManufacturerNode.unwrap(id));
        status = _statusOf(license.life);
        expiry = license.expiry;
        bool inForce = status == Protocol.LICENSE_STATUS_ACTIVE || status == Protocol.LICENSE_STATUS_SUNSET;
        if (inForce && !(entitled && owner == license.licensee)) status = uint8(Protocol.LICENSE_STATUS_SUSPENDED);
    }

    function _requireInForce(ManufacturerNode id) internal view {
        (uint8 status, uint48 expiry,) = _standing(id, _licenses[id]);
        if (status != Protocol.LICENSE_STATUS_ACTIVE || expiry <= block.timestamp) {
            revert LicenseNotInForce(id, status, expiry);
        }
    }

    /// @dev A life that was never granted counts as suspended: it may still come into force.
    function _statusOf(Life life) private pure returns (uint8) {
        if (life == Life.Active) return uint8(Protocol.LICENSE_STATUS_ACTIVE);
        if (life == Life.Sunset || life == Life.Renounced) return uint8(Protocol.LICENSE_STATUS_SUNSET);
        if (life == Life.Revoked) return uint8(Protocol.LICENSE_STATUS_REVOKED);
        return uint8(Protocol.LICENSE_STATUS_SUSPENDED);
    }
}
