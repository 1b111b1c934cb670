// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Reason, SlashState} from "../../generated/Protocol.sol";
import {ManufacturerNode} from "../../types/Ids.sol";

/// @dev What a licensor proposes to take, and for which breach.
struct SlashRequest {
    ManufacturerNode id;
    address staker;
    uint128 amount; // token units
    Reason reason; // one of the MOU's duties
    bytes32 evidence; // hash of the evidence
}

struct Slash {
    SlashState state;
    Reason reason;
    uint48 executableAt; // unix seconds
    address staker;
    address proposer;
    uint128 amount; // token units
    bytes32 evidence;
}

/// @title Slashing: proposed with a reason, open to contest, executed to the treasury after notice
/// @notice At most one slash is open per node. An admin who did not propose it decides a contest; a contest left
/// undecided for another notice period lapses.
interface ISlashing {
    event SlashProposed(
        ManufacturerNode indexed id, address indexed staker, uint128 amount, Reason reason, bytes32 evidence, uint48 executableAt
    );
    event SlashContested(ManufacturerNode indexed id, address indexed staker, bytes32 statement);
    event SlashUpheld(ManufacturerNode indexed id, address indexed admin);
    event SlashClosed(ManufacturerNode indexed id, address indexed by);
    event SlashExecuted(ManufacturerNode indexed id, address indexed staker, uint128 amount, address treasury);

    error SlashOpen(ManufacturerNode id);
    error SlashNotIn(ManufacturerNode id, SlashState state);
    error SlashAmount(ManufacturerNode id, uint256 amount, uint256 stake);
    error SlashReason(Reason reason);
    error SlashAfterNotice(ManufacturerNode id, address staker, uint48 freeAt);
    error SlashNoticeRunning(ManufacturerNode id, uint48 executableAt);
    error SlashNoticeOver(ManufacturerNode id, uint48 executableAt);
    error NotStaker(ManufacturerNode id, address caller);
    error ProposerMayNotDecide(address proposer);

    /// @notice Licensor, until the stake is free: no row of proposals holds it longer than two notices past that.
    function proposeSlash(SlashRequest calldata request) external;

    /// @notice Staker, while the notice runs.
    /// @param statement Hash of the staker's answer.
    function contestSlash(ManufacturerNode id, bytes32 statement) external;

    /// @notice Admin other than the proposer: upholds or dismisses a contested slash, until the contest lapses.
    function decideSlash(ManufacturerNode id, bool uphold) external;

    /// @notice Licensor at any time; anyone once a contest has lapsed.
    function closeSlash(ManufacturerNode id) external;

    /// @notice Anyone, once the notice has passed and nothing contests it.
    function executeSlash(ManufacturerNode id) external;

    /// @notice The node's last slash.
    function slashOf(ManufacturerNode id) external view returns (Slash memory);
}
