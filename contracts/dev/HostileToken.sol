// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title A token that takes a fee, lies about its transfers, or calls back while it moves
contract HostileToken is ERC20Permit {
    uint256 public feePercent;
    bool public refuses;
    address public target;
    bytes public call;
    bool public reentered;

    constructor() ERC20("Hostile", "HOST") ERC20Permit("Hostile") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setFee(uint256 percent) external {
        feePercent = percent;
    }

    function setRefuses(bool refuses_) external {
        refuses = refuses_;
    }

    function arm(address target_, bytes calldata call_) external {
        (target, call) = (target_, call_);
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        return !refuses && super.transfer(to, value);
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) ? 0 : (value * feePercent) / 100;
        if (fee != 0) super._update(from, address(0xdead), fee);
        super._update(from, to, value - fee);
        if (target != address(0)) (reentered,) = target.call(call);
    }
}
