// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Life} from "../generated/Protocol.sol";
import {License} from "../interfaces/license/ILicenseLife.sol";
import {StakePayment} from "../interfaces/license/IStake.sol";
import {ManufacturerNode} from "../types/Ids.sol";
import {ProgrammeBase} from "./ProgrammeBase.sol";

/// @dev Stakes to the token unit: what is credited is what arrived, what is owed is what was credited.
abstract contract Stakes is ProgrammeBase, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    struct Account {
        uint128 balance;
        uint48 freeAt; // unix seconds; 0 = locked
    }

    uint128 public minStakeAmount;
    mapping(ManufacturerNode id => mapping(address staker => Account)) internal _stakes;

    function setMinStakeAmount(uint128 amount) external onlyAdmin {
        _setMinStakeAmount(amount);
    }

    function topUp(ManufacturerNode id, StakePayment calldata payment)
        external
        nonReentrant
        onlyLicensee(id)
        reported(id)
    {
        License storage license = _licenses[id];
        if (_isOver(license)) revert NotAllowedIn(id, license.life);
        _deposit(id, payment);

        bool curing = license.life == Life.Suspended && block.timestamp <= license.cureUntil;
        if (curing && stakeOf(id, msg.sender) >= license.requiredStake) _resume(id);
    }

    function withdrawStake(ManufacturerNode id) external nonReentrant {
        Account storage account = _stakes[id][msg.sender];
        if (account.freeAt == 0 || block.timestamp < account.freeAt) {
            revert StakeNotFree(id, msg.sender, account.freeAt);
        }
        if (_slashOpenFor(id, msg.sender)) revert SlashPending(id, msg.sender);
        uint256 amount = account.balance;
        delete _stakes[id][msg.sender];
        emit StakeWithdrawn(id, msg.sender, amount);
        token.safeTransfer(msg.sender, amount);
    }

    function stakeOf(ManufacturerNode id, address staker) public view returns (uint256) {
        return _stakes[id][staker].balance;
    }

    function stakeFreeAt(ManufacturerNode id, address staker) external view returns (uint48) {
        return _stakes[id][staker].freeAt;
    }

    function _slashOpenFor(ManufacturerNode id, address staker) internal view virtual returns (bool);

    function _resume(ManufacturerNode id) internal virtual;

    function _setMinStakeAmount(uint128 amount) internal {
        minStakeAmount = amount;
        emit MinStakeChanged(amount);
    }

    /// @dev Credits what arrived, which a token that takes a fee makes less than what was asked for.
    function _deposit(ManufacturerNode id, StakePayment calldata payment) internal {
        if (payment.amount == 0) return;
        if (payment.deadline != 0) _tryPermit(payment);
        uint256 before = token.balanceOf(address(this));
        token.safeTransferFrom(msg.sender, address(this), payment.amount);
        uint256 arrived = token.balanceOf(address(this)) - before;

        Account storage account = _stakes[id][msg.sender];
        account.balance += SafeCast.toUint128(arrived);
        emit StakeDeposited(id, msg.sender, arrived, account.balance);
    }

    function _lock(ManufacturerNode id, address staker) internal {
        if (_stakes[id][staker].freeAt == 0) return;
        _stakes[id][staker].freeAt = 0;
        emit StakeLocked(id, staker);
    }

    function _release(ManufacturerNode id, address staker) internal {
        Account storage account = _stakes[id][staker];
        if (account.freeAt != 0) return;
        account.freeAt = _after(unstakeNotice);
        emit StakeReleased(id, staker, account.freeAt);
    }

    function _requireStake(ManufacturerNode id, address staker, uint256 minimum) internal view {
        if (stakeOf(id, staker) < minimum) revert StakeBelowMinimum(id, stakeOf(id, staker), minimum);
    }

    /// @dev A permit that fails may have been brought by someone else already: the allowance decides.
    function _tryPermit(StakePayment calldata payment) private {
        try IERC20Permit(address(token)).permit(
            msg.sender, address(this), payment.amount, payment.deadline, payment.v, payment.r, payment.s
        ) {} catch {}
    }
}
