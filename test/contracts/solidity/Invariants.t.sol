// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ProgrammeHandler} from "./ProgrammeHandler.sol";

contract InvariantsTest {
    ProgrammeHandler private handler;

    function setUp() external {
        handler = new ProgrammeHandler();
    }

    /// @dev The invariants say something only if random calls come this far.
    function test_random_calls_reach_mints_resets_slashes_and_withdrawals() external {
        bytes4[18] memory actions = [
            handler.licenseNode.selector,
            handler.licenseNode.selector,
            handler.mintUnits.selector,
            handler.commitBatch.selector,
            handler.resetUnit.selector,
            handler.proposeSlash.selector,
            handler.pass.selector,
            handler.executeSlash.selector,
            handler.topUp.selector,
            handler.renounce.selector,
            handler.withdraw.selector,
            handler.handNode.selector,
            handler.suspend.selector,
            handler.reinstate.selector,
            handler.renew.selector,
            handler.rename.selector,
            handler.revoke.selector,
            handler.raiseQuota.selector
        ];
        for (uint256 i; i < 1000; ++i) {
            bytes32 a = keccak256(abi.encode(i));
            bytes4 action = actions[uint256(a) % actions.length];
            (bool done,) = address(handler).call(
                abi.encodePacked(action, abi.encode(uint8(a[1]), uint8(a[2]), uint8(a[3]), uint8(a[4]) % 2, uint8(a[5]) % 2))
            );
            done;
        }
        require(handler.slashed() > 0, "no slash executed");
        require(handler.withdrawn() > 0, "no stake withdrawn");
        require(handler.resets() > 0, "no address reset");
        require(handler.renewals() > 0, "no license renewed");
        require(!handler.wordBehind() && handler.tokenBalance() == handler.stakes(), "broken");
        require(handler.stakesHaveAWayBack(), "a stake has no way back");
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_stakes_are_accounted_to_the_token_unit() external view {
        require(handler.tokenBalance() == handler.stakes(), "stakes and balance differ");
    }

    function invariant_no_stake_is_locked_for_good() external view {
        require(handler.stakesHaveAWayBack(), "a stake has no way back");
    }

    function invariant_names_agree_in_both_directions() external view {
        require(handler.namesAgree(), "a name and its node disagree");
    }

    function invariant_a_controller_never_owns_two() external view {
        require(handler.controllersOwnOne(), "a controller owns two");
    }

    function invariant_the_boards_words_equal_the_programmes_state() external view {
        require(!handler.wordBehind(), "a word is behind");
    }

    function invariant_units_stay_within_the_quota() external view {
        require(handler.unitsWithinQuota(), "more units than the quota");
    }

    function invariant_no_address_stands_for_two_units() external view {
        require(handler.addressesStandForOneUnit(), "an address stands for another unit");
    }
}
