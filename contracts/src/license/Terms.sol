// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Life} from "../generated/Protocol.sol";
import {License} from "../interfaces/license/ILicenseLife.sol";
import {ManufacturerNode} from "../types/Ids.sol";
import {Audits} from "./Audits.sol";
import {Mou} from "./Mou.sol";
import {Stakes} from "./Stakes.sol";

/// @dev How long a license lasts and how much it covers: renew, renounce, quota, support.
abstract contract Terms is Mou, Audits, Stakes {
    function requestRenewal(ManufacturerNode id) external onlyLicensee(id) {
        _requireLife(id, Life.Active);
        _licenses[id].renewalRequested = true;
        emit RenewalRequested(id);
    }

    function renew(ManufacturerNode id, uint48 expiry) external onlyLicensor reported(id) {
        License storage license = _licenses[id];
        _requireLife(id, Life.Active);
        if (!license.renewalRequested) revert RenewalNotRequested(id);
        _requireFuture(expiry);
        if (expiry <= license.expiry) revert ExpiryNotLater(license.expiry, expiry);
        _requireCurrentMou(id);
        _requireStake(id, license.licensee, minStakeAmount);
        _requireAudits(id, expiry);

        license.expiry = expiry;
        license.renewalRequested = false;
        license.requiredStake = minStakeAmount;
        emit Renewed(id, expiry, minStakeAmount);
    }

    /// @dev From suspension nothing comes back into force: the license ends at once.
    function renounce(ManufacturerNode id) external onlyLicensee(id) reported(id) {
        License storage license = _licenses[id];
        Life life = license.life;
        bool running = life == Life.Active || life == Life.Sunset;
        if (!running && life != Life.Applied && life != Life.Suspended) revert NotAllowedIn(id, life);

        uint48 end = running ? _after(unstakeNotice) : uint48(block.timestamp);
        if (end < license.expiry) license.expiry = end;
        license.life = Life.Renounced;
        license.cureUntil = 0;
        _release(id, msg.sender);
        emit Renounced(id, license.expiry);
    }

    function raiseQuota(ManufacturerNode id, uint32 quota) external onlyLicensor {
        License storage license = _licenses[id];
        _requireLife(id, Life.Active);
        if (quota <= license.quota) revert QuotaNotRaised(license.quota, quota);
        license.quota = quota;
        emit QuotaRaised(id, quota);
    }

    function extendSupport(ManufacturerNode id, uint48 until) external onlyLicensee(id) {
        _requireEntitledOwner(id);
        License storage license = _licenses[id];
        if (until <= license.supportUntil) revert SupportNotExtended(license.supportUntil, until);
        license.supportUntil = until;
        emit SupportExtended(id, msg.sender, until);
    }
}
