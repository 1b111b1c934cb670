// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Life} from "../generated/Protocol.sol";
import {Application, Grant, License} from "../interfaces/license/ILicenseLife.sol";
import {ManufacturerNode} from "../types/Ids.sol";
import {Audits} from "./Audits.sol";
import {Mou} from "./Mou.sol";
import {Slashing} from "./Slashing.sol";

/// @dev How a license begins: apply → grant or refuse.
abstract contract Applications is Mou, Audits, Slashing {
    function applyForLicense(Application calldata application)
        external
        nonReentrant
        reported(application.id)
    {
        ManufacturerNode id = application.id;
        License storage license = _licenses[id];
        _requireEntitledOwner(id);
        if (license.licensee == msg.sender && !_mayApply(license)) revert NotAllowedIn(id, license.life);

        _deposit(id, application.payment);
        _requireStake(id, msg.sender, minStakeAmount);
        _lock(id, msg.sender);
        // A signature that someone else brought first has done its work.
        if (!_hasSignedCurrentMou(id, msg.sender)) _acceptMou(id, msg.sender, application.mou);
        _begin(id, license);
        emit Applied(id, msg.sender, license.application, license.requiredStake);
    }

    function grant(Grant calldata terms) external onlyLicensor reported(terms.id) {
        ManufacturerNode id = terms.id;
        License storage license = _licenses[id];
        _requireLife(id, Life.Applied);
        (address owner, bool entitled) = nodes.holder(ManufacturerNode.unwrap(id));
        if (owner != license.licensee || !entitled) revert LicenseeNotOwner(id, license.licensee, owner);
        _requireFuture(terms.expiry);
        _requireStake(id, license.licensee, license.requiredStake);
        _requireAudits(id, terms.expiry);
        if (terms.quota == 0 || terms.quota < license.quota) revert QuotaNotRaised(license.quota, terms.quota);

        license.life = Life.Active;
        license.expiry = terms.expiry;
        license.quota = terms.quota;
        emit Granted(id, license.licensee, terms.expiry, terms.quota);
    }

    function refuse(ManufacturerNode id, bytes32 evidence) external onlyLicensor reported(id) {
        _requireLife(id, Life.Applied);
        _licenses[id].life = Life.Refused;
        _release(id, _licenses[id].licensee);
        emit Refused(id, evidence);
    }

    /// @dev A licensee's: its life is not None.
    function _mayApply(License storage license) private view returns (bool) {
        if (license.life == Life.Active) return license.expiry <= block.timestamp;
        return license.life != Life.Suspended && _isOver(license);
    }

    /// @dev The former licensee's stake comes back to him, and what he promised stays his to keep.
    function _succeed(ManufacturerNode id, License storage license) private {
        _release(id, license.licensee);
        license.formerSupportUntil = uint48(Math.max(license.formerSupportUntil, license.supportUntil));
        license.supportUntil = 0;
    }

    function _begin(ManufacturerNode id, License storage license) private {
        if (license.licensee != address(0) && license.licensee != msg.sender) _succeed(id, license);
        license.licensee = msg.sender;
        license.life = Life.Applied;
        license.expiry = 0;
        license.resumesTo = Life.None;
        license.renewalRequested = false;
        license.cureUntil = 0;
        license.requiredStake = minStakeAmount;
        ++license.application;
    }
}
