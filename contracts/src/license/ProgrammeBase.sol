// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Life} from "../generated/Protocol.sol";
import {ILicenseBoard} from "../interfaces/ILicenseBoard.sol";
import {ILicenseProgramme} from "../interfaces/ILicenseProgramme.sol";
import {IManufacturerId} from "../interfaces/IManufacturerId.sol";
import {IRoles} from "../interfaces/IRoles.sol";
import {License} from "../interfaces/license/ILicenseLife.sol";
import {ManufacturerNode} from "../types/Ids.sol";

/// @dev Waiting times of a programme, in seconds.
struct Periods {
    uint48 unstakeNotice; // from the end of a license to its stake being free
    uint48 slashNotice; // from a proposed slash to its execution
    uint48 cure; // to top up a stake that fell below its minimum
}

struct ProgrammeParts {
    IRoles roles;
    IManufacturerId nodes;
    IERC20 token;
    ILicenseBoard board;
}

/// @dev What every part of the programme stands on: its neighbours, its licenses, who may call.
abstract contract ProgrammeBase is ILicenseProgramme {
    IRoles public immutable roles;
    IManufacturerId public immutable nodes;
    IERC20 public immutable token;
    ILicenseBoard public immutable board;
    uint48 public immutable unstakeNotice;
    uint48 public immutable slashNotice;
    uint48 public immutable curePeriod;

    mapping(ManufacturerNode id => License) internal _licenses;

    modifier onlyAdmin() {
        _requireAdmin();
        _;
    }

    modifier onlyLicensor() {
        _requireLicensor();
        _;
    }

    modifier onlyLicensee(ManufacturerNode id) {
        _requireLicensee(id);
        _;
    }

    /// @dev The board's word equals the programme's state after every action.
    modifier reported(ManufacturerNode id) {
        _;
        _report(id);
    }

    constructor(ProgrammeParts memory parts, Periods memory periods) {
        roles = parts.roles;
        nodes = parts.nodes;
        token = parts.token;
        board = parts.board;
        unstakeNotice = periods.unstakeNotice;
        slashNotice = periods.slashNotice;
        curePeriod = periods.cure;
    }

    function licenseOf(ManufacturerNode id) external view returns (License memory) {
        return _licenses[id];
    }

    function _requireEntitledOwner(ManufacturerNode id) internal view {
        (address owner, bool entitled) = nodes.holder(ManufacturerNode.unwrap(id));
        if (owner != msg.sender || !entitled) revert NotEntitledOwner(id, msg.sender);
    }

    /// @dev Comes into force no more but by a new application; suspending what was renounced changes nothing in that.
    function _isOver(License storage license) internal view returns (bool) {
        Life life = license.life == Life.Suspended ? license.resumesTo : license.life;
        if (life == Life.Sunset) return license.expiry <= block.timestamp;
        return life == Life.Refused || life == Life.Revoked || life == Life.Renounced;
    }

    function _report(ManufacturerNode id) private {
        board.refresh(id);
    }

    function _requireAdmin() private view {
        if (!roles.isAdmin(msg.sender)) revert IRoles.NotAdmin(msg.sender);
    }

    function _requireLicensor() private view {
        if (!roles.isLicensor(msg.sender)) revert IRoles.NotLicensor(msg.sender);
    }

    function _requireLicensee(ManufacturerNode id) private view {
        if (_licenses[id].licensee != msg.sender) revert NotLicensee(id, msg.sender);
    }

    function _after(uint48 period) internal view returns (uint48) {
        return uint48(block.timestamp) + period;
    }

    function _requireLife(ManufacturerNode id, Life life) internal view {
        if (_licenses[id].life != life) revert NotAllowedIn(id, _licenses[id].life);
    }

    function _requireFuture(uint48 expiry) internal view {
        if (expiry <= block.timestamp) revert ExpiryPassed(expiry);
    }
}
