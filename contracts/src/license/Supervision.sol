// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Life, Reason} from "../generated/Protocol.sol";
import {License} from "../interfaces/license/ILicenseLife.sol";
import {ManufacturerNode} from "../types/Ids.sol";
import {Slashing} from "./Slashing.sol";

/// @dev What the licensor does to a license in life: suspend, reinstate, sunset, revoke.
abstract contract Supervision is Slashing {
    /// @dev A suspension for too small a stake may be turned into one that a top-up does not end.
    function suspend(ManufacturerNode id, Reason reason, bytes32 evidence) external onlyLicensor reported(id) {
        License storage license = _licenses[id];
        Life life = license.life;
        bool curing = life == Life.Suspended && license.cureUntil != 0;
        if (!curing) {
            if (life != Life.Active && life != Life.Sunset && life != Life.Renounced) revert NotAllowedIn(id, life);
            license.resumesTo = life;
            license.life = Life.Suspended;
        }
        license.cureUntil = 0;
        emit Suspended(id, reason, evidence, 0);
    }

    function reinstate(ManufacturerNode id) external onlyLicensor reported(id) {
        License storage license = _licenses[id];
        _requireLife(id, Life.Suspended);
        _requireStake(id, license.licensee, license.requiredStake);
        _resume(id);
    }

    function sunset(ManufacturerNode id, uint48 expiry) external onlyLicensor reported(id) {
        License storage license = _licenses[id];
        _requireLife(id, Life.Active);
        _requireFuture(expiry);
        if (expiry > license.expiry) revert ExpiryLater(license.expiry, expiry);
        license.life = Life.Sunset;
        license.expiry = expiry;
        emit Sunset(id, expiry);
    }

    function revoke(ManufacturerNode id, Reason reason, bytes32 evidence) external onlyLicensor reported(id) {
        License storage license = _licenses[id];
        Life life = license.life;
        bool granted = life == Life.Active || life == Life.Suspended || life == Life.Sunset || life == Life.Renounced;
        if (!granted) revert NotAllowedIn(id, life);
        license.life = Life.Revoked;
        license.cureUntil = 0;
        _release(id, license.licensee);
        emit Revoked(id, reason, evidence);
    }

    function _resume(ManufacturerNode id) internal override {
        License storage license = _licenses[id];
        license.life = license.resumesTo;
        license.resumesTo = Life.None;
        license.cureUntil = 0;
        emit Reinstated(id, license.life);
    }

    function _suspendForStake(ManufacturerNode id, bytes32 evidence) internal override {
        License storage license = _licenses[id];
        license.resumesTo = license.life;
        license.life = Life.Suspended;
        license.cureUntil = _after(curePeriod);
        emit Suspended(id, Reason.StakeBelowMinimum, evidence, license.cureUntil);
    }
}
