// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {DevDimoToken} from "../../../contracts/dev/DevDimoToken.sol";
import {DevVehicleId} from "../../../contracts/dev/DevVehicleId.sol";
import {Roles} from "../../../contracts/src/Roles.sol";
import {OtaBoard} from "../../../contracts/src/board/OtaBoard.sol";
import {AuditKind} from "../../../contracts/src/generated/Protocol.sol";
import {ILicenseBoard} from "../../../contracts/src/interfaces/ILicenseBoard.sol";
import {INodeTenure} from "../../../contracts/src/interfaces/INodeTenure.sol";
import {LicenseProgramme} from "../../../contracts/src/license/LicenseProgramme.sol";
import {Periods, ProgrammeParts} from "../../../contracts/src/license/ProgrammeBase.sol";
import {ManufacturerId} from "../../../contracts/src/nodes/ManufacturerId.sol";
import {DeviceRegistry} from "../../../contracts/src/registry/DeviceRegistry.sol";
import {RegistryParts} from "../../../contracts/src/registry/RegistryBase.sol";
import {vm} from "./Vm.sol";

/// @dev Everything deployed, with the deployer as admin. Five makers, three of them controllers.
abstract contract Deployed {
    uint128 internal constant MIN_STAKE = 1000;
    uint256 internal constant MAKERS = 5;
    address internal constant LICENSOR = address(0x11ce);
    address internal constant AUDITOR = address(0xa0d1);
    address internal constant TREASURY = address(0x7ea5);

    Roles internal roles;
    DevDimoToken internal token;
    ManufacturerId internal nodes;
    LicenseProgramme internal programme;
    OtaBoard internal board;
    DeviceRegistry internal registry;
    address[MAKERS] private _makers;

    function _deploy() internal {
        for (uint256 maker; maker < MAKERS; ++maker) _makers[maker] = vm.addr(_key(maker));
        roles = new Roles(1 days, address(this), TREASURY);
        roles.grantRole(roles.LICENSOR(), LICENSOR);
        for (uint8 kind; kind < 3; ++kind) roles.grantRole(roles.auditorRole(AuditKind(kind)), AUDITOR);
        token = new DevDimoToken();
        nodes = new ManufacturerId(roles);
        address expected = vm.computeCreateAddress(address(this), uint256(vm.getNonce(address(this))) + 1);
        programme = new LicenseProgramme(
            ProgrammeParts(roles, nodes, IERC20(address(token)), ILicenseBoard(expected)),
            Periods(30 days, 14 days, 30 days),
            MIN_STAKE
        );
        board = new OtaBoard(INodeTenure(address(nodes)), programme, 7 days);
        require(address(board) == expected, "the board is elsewhere");
        registry = new DeviceRegistry(RegistryParts(roles, nodes, programme, IERC721(address(new DevVehicleId()))));
    }

    function _key(uint256 maker) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("FAKE maker", maker)));
    }

    function _maker(uint256 seed) internal view returns (address) {
        return _makers[seed % MAKERS];
    }
}
