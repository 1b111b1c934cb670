// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Protocol} from "../generated/Protocol.sol";
import {ILicenseSource} from "../interfaces/ILicenseSource.sol";
import {INodeTenure} from "../interfaces/INodeTenure.sol";
import {ManufacturerNode} from "../types/Ids.sol";

/// @dev DIMO's Stake: one license token per licensee.
interface IDimoStake {
    function balanceOf(address owner) external view returns (uint256);
}

/// @title Standing in DIMO's own programme
/// @notice Active where the node's owner holds a license in DIMO's Stake, else suspended: DIMO's contract tells no
/// reasons and no dates, so the board's lease is what makes an unpushed revocation lapse.
contract DimoLicenseSource is ILicenseSource {
    INodeTenure public immutable nodes;
    IDimoStake public immutable stake;

    constructor(INodeTenure nodes_, IDimoStake stake_) {
        nodes = nodes_;
        stake = stake_;
    }

    function standing(ManufacturerNode id) external view returns (uint8 status, uint48 expiry, address owner) {
        owner = nodes.ownerOf(ManufacturerNode.unwrap(id));
        bool licensed = stake.balanceOf(owner) > 0;
        status = uint8(licensed ? Protocol.LICENSE_STATUS_ACTIVE : Protocol.LICENSE_STATUS_SUSPENDED);
        expiry = type(uint48).max;
    }
}
