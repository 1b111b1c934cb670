// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Life, Reason, SlashState} from "../generated/Protocol.sol";
import {License} from "../interfaces/license/ILicenseLife.sol";
import {Slash, SlashRequest} from "../interfaces/license/ISlashing.sol";
import {ManufacturerNode} from "../types/Ids.sol";
import {Stakes} from "./Stakes.sol";

/// @dev proposed → executed, or proposed → contested → upheld → executed; closed from any open state.
abstract contract Slashing is Stakes {
    using SafeERC20 for IERC20;

    mapping(ManufacturerNode id => Slash) private _slashes;

    function proposeSlash(SlashRequest calldata request) external onlyLicensor {
        ManufacturerNode id = request.id;
        if (_isOpen(id)) revert SlashOpen(id);
        if (request.evidence == 0) revert ZeroEvidence();
        if (request.reason == Reason.Unspecified || request.reason > Reason.DataRecipients) {
            revert SlashReason(request.reason);
        }
        uint256 stake = stakeOf(id, request.staker);
        if (request.amount == 0 || request.amount > stake) revert SlashAmount(id, request.amount, stake);

        uint48 freeAt = _stakes[id][request.staker].freeAt;
        if (freeAt != 0 && block.timestamp >= freeAt) revert SlashAfterNotice(id, request.staker, freeAt);

        Slash storage slash = _slashes[id];
        slash.state = SlashState.Proposed;
        slash.reason = request.reason;
        slash.executableAt = _after(slashNotice);
        slash.staker = request.staker;
        slash.proposer = msg.sender;
        slash.amount = request.amount;
        slash.evidence = request.evidence;
        emit SlashProposed(id, request.staker, request.amount, request.reason, request.evidence, slash.executableAt);
    }

    function contestSlash(ManufacturerNode id, bytes32 statement) external {
        Slash storage slash = _slashes[id];
        if (slash.staker != msg.sender) revert NotStaker(id, msg.sender);
        _requireState(id, SlashState.Proposed);
        if (block.timestamp >= slash.executableAt) revert SlashNoticeOver(id, slash.executableAt);
        slash.state = SlashState.Contested;
        emit SlashContested(id, msg.sender, statement);
    }

    function decideSlash(ManufacturerNode id, bool uphold) external onlyAdmin {
        Slash storage slash = _slashes[id];
        _requireState(id, SlashState.Contested);
        if (slash.proposer == msg.sender) revert ProposerMayNotDecide(msg.sender);
        uint48 lapsesAt = slash.executableAt + slashNotice;
        if (block.timestamp >= lapsesAt) revert SlashNoticeOver(id, lapsesAt);
        if (!uphold) return _close(id);
        slash.state = SlashState.Upheld;
        emit SlashUpheld(id, msg.sender);
    }

    function closeSlash(ManufacturerNode id) external {
        Slash storage slash = _slashes[id];
        if (!_isOpen(id)) revert SlashNotIn(id, slash.state);
        uint48 lapsesAt = slash.executableAt + slashNotice;
        bool lapsed = slash.state == SlashState.Contested && block.timestamp >= lapsesAt;
        if (!lapsed && !roles.isLicensor(msg.sender)) revert SlashNoticeRunning(id, lapsesAt);
        _close(id);
    }

    function executeSlash(ManufacturerNode id) external nonReentrant reported(id) {
        Slash storage slash = _slashes[id];
        if (slash.state != SlashState.Upheld) _requireState(id, SlashState.Proposed);
        if (block.timestamp < slash.executableAt) revert SlashNoticeRunning(id, slash.executableAt);
        slash.state = SlashState.Executed;
        _stakes[id][slash.staker].balance -= slash.amount;
        _suspendBelowMinimum(id, slash.staker, slash.evidence);
        address treasury = roles.treasury();
        emit SlashExecuted(id, slash.staker, slash.amount, treasury);
        token.safeTransfer(treasury, slash.amount);
    }

    function slashOf(ManufacturerNode id) external view returns (Slash memory) {
        return _slashes[id];
    }

    function _suspendForStake(ManufacturerNode id, bytes32 evidence) internal virtual;

    function _slashOpenFor(ManufacturerNode id, address staker) internal view override returns (bool) {
        return _isOpen(id) && _slashes[id].staker == staker;
    }

    function _suspendBelowMinimum(ManufacturerNode id, address staker, bytes32 evidence) private {
        License storage license = _licenses[id];
        bool running = license.life == Life.Active || license.life == Life.Sunset;
        if (running && staker == license.licensee && stakeOf(id, staker) < license.requiredStake) {
            _suspendForStake(id, evidence);
        }
    }

    function _close(ManufacturerNode id) private {
        _slashes[id].state = SlashState.Closed;
        emit SlashClosed(id, msg.sender);
    }

    function _isOpen(ManufacturerNode id) private view returns (bool) {
        SlashState state = _slashes[id].state;
        return state == SlashState.Proposed || state == SlashState.Contested || state == SlashState.Upheld;
    }

    function _requireState(ManufacturerNode id, SlashState state) private view {
        if (_slashes[id].state != state) revert SlashNotIn(id, _slashes[id].state);
    }
}
