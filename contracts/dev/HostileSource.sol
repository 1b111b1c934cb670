// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ILicenseSource} from "../src/interfaces/ILicenseSource.sol";
import {ManufacturerNode} from "../src/types/Ids.sol";

/// @title A license source that answers what it was told to, in bytes
contract HostileSource {
    bytes public answer;
    bool public reverts;
    bool public burns;

    function set(bytes calldata answer_, bool reverts_, bool burns_) external {
        (answer, reverts, burns) = (answer_, reverts_, burns_);
    }

    fallback(bytes calldata) external returns (bytes memory) {
        require(!reverts, "no answer");
        if (burns) assembly { invalid() }
        return answer;
    }
}

/// @title A source that takes the failure of its own call for "no license": what starving it of gas would exploit
contract CatchingSource is ILicenseSource {
    uint256 private _filler;

    constructor() {
        _filler = 1;
    }

    function standing(ManufacturerNode) external view returns (uint8, uint48, address) {
        try this.licensed() returns (bool) {
            return (1, type(uint48).max, address(this));
        } catch {
            return (2, 0, address(this));
        }
    }

    /// @dev Needs about 100,000 gas.
    function licensed() external view returns (bool) {
        uint256 start = gasleft();
        while (start - gasleft() < 100_000) if (_filler == 0) return false;
        return true;
    }
}
