// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerNode} from "../../types/Ids.sol";

/// @dev How a stake is paid: by an ERC-2612 permit, or by an allowance where deadline is 0 or the permit fails.
struct StakePayment {
    uint256 amount; // token units
    uint256 deadline; // unix seconds; 0 = no permit
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @title Stake: collateral of a license
/// @notice Held per node and staker, so that a node that changes hands never moves one owner's stake to another.
interface IStake {
    event MinStakeChanged(uint128 amount);
    event StakeDeposited(ManufacturerNode indexed id, address indexed staker, uint256 amount, uint256 balance);
    event StakeReleased(ManufacturerNode indexed id, address indexed staker, uint48 freeAt);
    event StakeLocked(ManufacturerNode indexed id, address indexed staker);
    event StakeWithdrawn(ManufacturerNode indexed id, address indexed staker, uint256 amount);

    error StakeBelowMinimum(ManufacturerNode id, uint256 stake, uint256 minimum);
    error StakeNotFree(ManufacturerNode id, address staker, uint48 freeAt);
    error SlashPending(ManufacturerNode id, address staker);

    /// @notice Smallest stake to apply or renew with, in token units. It moves: read it, never assume it.
    function minStakeAmount() external view returns (uint128);

    /// @notice Admin. Holders of a license keep the minimum they were granted under until they renew.
    function setMinStakeAmount(uint128 amount) external;

    /// @notice Stake of an account for a node, in token units.
    function stakeOf(ManufacturerNode id, address staker) external view returns (uint256);

    /// @notice Unix seconds from which the stake may be withdrawn; 0 = it is locked.
    function stakeFreeAt(ManufacturerNode id, address staker) external view returns (uint48);

    /// @notice Licensee, while the license may still be in force: what is added comes back with the rest of the stake.
    /// Ends a suspension for too small a stake within its cure period. Refused once the license was refused, revoked or
    /// renounced, or its sunset has ended, also while that is suspended.
    function topUp(ManufacturerNode id, StakePayment calldata payment) external;

    /// @notice Staker. Takes a released stake back once its notice has passed and no slash of it is open.
    function withdrawStake(ManufacturerNode id) external;
}
