// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

/// @title Counts the calls it gets and makes one of its own while it is called
contract HostileReceiver is IERC721Receiver {
    address public target;
    bytes public call;
    uint256 public hooks;
    bool public reentered;

    function arm(address target_, bytes calldata call_) external {
        (target, call) = (target_, call_);
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        ++hooks;
        (reentered,) = target.call(call);
        return IERC721Receiver.onERC721Received.selector;
    }
}
