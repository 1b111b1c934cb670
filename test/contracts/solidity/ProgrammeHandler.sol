// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AuditKind, Life, Protocol, Reason} from "../../../contracts/src/generated/Protocol.sol";
import {AuditRecord} from "../../../contracts/src/interfaces/license/IAudits.sol";
import {Application, Grant, License} from "../../../contracts/src/interfaces/license/ILicenseLife.sol";
import {ModelCertificate} from "../../../contracts/src/interfaces/license/IModels.sol";
import {MouSignature} from "../../../contracts/src/interfaces/license/IMou.sol";
import {Slash, SlashRequest} from "../../../contracts/src/interfaces/license/ISlashing.sol";
import {StakePayment} from "../../../contracts/src/interfaces/license/IStake.sol";
import {LicenseWord} from "../../../contracts/src/types/LicenseWord.sol";
import {ManufacturerNode, ModelId} from "../../../contracts/src/types/Ids.sol";
import {AftermarketDeviceIdAddressPair, AftermarketDeviceInfos} from
    "../../../contracts/src/interfaces/IAftermarketDevice.sol";
import {DeviceBatch} from "../../../contracts/src/interfaces/IDeviceBatches.sol";
import {BatchId} from "../../../contracts/src/types/Ids.sol";
import {AttributeInfoPair} from "../../../contracts/src/types/Attribute.sol";
import {Deployed} from "./Deployed.sol";
import {vm} from "./Vm.sol";

/// @dev Random calls by random makers, auditors, licensor and admin. What reverts changes nothing.
contract ProgrammeHandler is Deployed {
    uint256 internal constant MAX_NODES = 4;
    string internal constant MODEL = "TM-1";
    bytes32 internal constant EVIDENCE = keccak256("evidence");

    uint256 public nodeCount;
    address[] public minted;
    uint256 public slashed;
    uint256 public withdrawn;
    uint256 public resets;
    uint256 public renewals;

    /// @dev Set where a programme action left the board's word behind the programme's state.
    bool public wordBehind;

    modifier reported(uint256 node) {
        _;
        _compare(_id(node));
    }

    constructor() {
        vm.warp(1_800_000_000);
        _deploy();
        vm.prank(LICENSOR);
        programme.publishMou(keccak256("MOU"));
        for (uint256 i; i < 3; ++i) nodes.setController(_maker(i));
        for (uint256 i; i < 3; ++i) {
            mintNode(i);
            nodes.transferFrom(address(this), _maker(i), i + 1);
            licenseNode(i, 1, 49);
        }
    }

    // ── nodes ──

    function mintNode(uint256 name) public {
        if (nodeCount == MAX_NODES) return;
        AttributeInfoPair[] memory none;
        nodes.mintManufacturer(address(this), string(abi.encodePacked("Maker ", bytes1(uint8(65 + (name % 26))))), none);
        ++nodeCount;
    }

    function handNode(uint256 node, uint256 from, uint256 to, bool fromAdmin, bool toAdmin) external {
        if (from % 4 != 0) return;
        address owner = fromAdmin ? address(this) : _maker(_actor(node, from));
        address receiver = toAdmin ? address(this) : _maker(to);
        if (!fromAdmin) vm.prank(owner);
        nodes.transferFrom(owner, receiver, _node(node));
        board.refresh(_id(node));
    }

    function setController(uint256 maker, bool on) external {
        if (on) nodes.setController(_maker(maker));
        else nodes.removeController(_maker(maker));
        for (uint256 node; node < nodeCount; ++node) board.refresh(_id(node));
    }

    function rename(uint256 node, uint256 name) external {
        nodes.renameManufacturer(_node(node), string(abi.encodePacked("Maker ", bytes1(uint8(65 + (name % 26))))));
    }

    function pass(uint32 count) external {
        vm.warp(block.timestamp + (count % 60) * 1 days);
        for (uint256 node; node < nodeCount; ++node) board.refresh(_id(node));
    }

    // ── license ──

    /// @dev All the way from stake to grant, so that random calls meet licenses in force.
    function licenseNode(uint256 node, uint96 amount, uint32 quota) public {
        applyFor(node, 1, amount);
        auditAndGrant(node, 30 + quota);
    }

    function applyFor(uint256 node, uint256 maker, uint96 amount) public reported(node) {
        uint256 stake = MIN_STAKE + (amount % 100);
        _fund(_maker(_actor(node, maker)), stake);
        MouSignature memory mou = _mou(_id(node), _actor(node, maker));
        vm.prank(_maker(_actor(node, maker)));
        programme.applyForLicense(Application(_id(node), _payment(stake), mou));
    }

    function audit(uint256 node, uint8 kind, bool fails) external {
        vm.prank(AUDITOR);
        programme.recordAudit(
            AuditRecord(_id(node), AuditKind(kind % 3), !fails, uint48(block.timestamp + 400 days), EVIDENCE)
        );
    }

    function auditAndGrant(uint256 node, uint32 quota) public reported(node) {
        _passAudits(node);
        vm.prank(LICENSOR);
        programme.grant(Grant(_id(node), uint48(block.timestamp + 365 days), quota % 80));
        vm.prank(LICENSOR);
        programme.certifyModel(ModelCertificate(_id(node), MODEL, uint48(block.timestamp + 365 days), EVIDENCE));
    }

    function refuse(uint256 node) external reported(node) {
        vm.prank(LICENSOR);
        programme.refuse(_id(node), EVIDENCE);
    }

    function suspend(uint256 node) external reported(node) {
        vm.prank(LICENSOR);
        programme.suspend(_id(node), Reason.GoodFaith, EVIDENCE);
    }

    function reinstate(uint256 node) external reported(node) {
        vm.prank(LICENSOR);
        programme.reinstate(_id(node));
    }

    function sunset(uint256 node, uint32 duration) external reported(node) {
        vm.prank(LICENSOR);
        programme.sunset(_id(node), uint48(block.timestamp + (duration % 365 days)));
    }

    function revoke(uint256 node) external reported(node) {
        vm.prank(LICENSOR);
        programme.revoke(_id(node), Reason.Support, EVIDENCE);
    }

    function renounce(uint256 node, uint256 maker) external reported(node) {
        vm.prank(_maker(_actor(node, maker)));
        programme.renounce(_id(node));
    }

    function renew(uint256 node, uint256 maker) external reported(node) {
        vm.prank(_maker(_actor(node, maker)));
        programme.requestRenewal(_id(node));
        _passAudits(node);
        vm.prank(LICENSOR);
        programme.renew(_id(node), uint48(block.timestamp + 380 days));
        ++renewals;
    }

    function raiseQuota(uint256 node, uint32 quota) external {
        vm.prank(LICENSOR);
        programme.raiseQuota(_id(node), quota % 200);
    }

    function setMinStake(uint96 amount) external {
        programme.setMinStakeAmount(MIN_STAKE + (amount % 50));
    }

    // ── stake ──

    function topUp(uint256 node, uint256 maker, uint96 amount) external reported(node) {
        uint256 stake = amount % 500;
        _fund(_maker(_actor(node, maker)), stake);
        vm.prank(_maker(_actor(node, maker)));
        programme.topUp(_id(node), _payment(stake));
    }

    function withdraw(uint256 node, uint256 maker) external {
        vm.prank(_maker(_actor(node, maker)));
        programme.withdrawStake(_id(node));
        ++withdrawn;
    }

    function proposeSlash(uint256 node, uint256 maker, uint128 amount) external {
        address staker = _maker(_actor(node, maker));
        vm.prank(LICENSOR);
        programme.proposeSlash(
            SlashRequest(_id(node), staker, amount % (2 * MIN_STAKE), Reason.LocalRules, EVIDENCE)
        );
    }

    function contestSlash(uint256 node, uint256 maker) external {
        vm.prank(_maker(_actor(node, maker)));
        programme.contestSlash(_id(node), EVIDENCE);
    }

    function decideSlash(uint256 node, bool uphold) external {
        programme.decideSlash(_id(node), uphold);
    }

    function executeSlash(uint256 node) external reported(node) {
        programme.executeSlash(_id(node));
        ++slashed;
    }

    // ── units ──

    function mintUnits(uint256 node, uint256 maker, uint256 seed, uint8 count) external {
        AftermarketDeviceInfos[] memory infos = new AftermarketDeviceInfos[](1 + (count % 4));
        for (uint256 i; i < infos.length; ++i) infos[i].addr = _unit(seed + i);
        vm.prank(_maker(_actor(node, maker)));
        registry.setMintModel(_id(node), ModelId.wrap(keccak256(bytes(MODEL))));
        vm.prank(_maker(_actor(node, maker)));
        registry.mintAftermarketDeviceByManufacturerBatch(_node(node), infos);
        for (uint256 i; i < infos.length; ++i) minted.push(infos[i].addr);
    }

    function commitBatch(uint256 node, uint256 maker, uint256 batchId, uint32 count) external {
        vm.prank(_maker(_actor(node, maker)));
        registry.commitBatch(
            DeviceBatch(
                _id(node), BatchId.wrap(batchId), ModelId.wrap(keccak256(bytes(MODEL))), count % 30, EVIDENCE
            )
        );
    }

    function resetUnit(uint256 which, uint256 maker, uint256 seed) external {
        if (minted.length == 0) return;
        uint256 tokenId = uint256(uint160(minted[which % minted.length]));
        uint256 node = registry.getParentNode(address(registry), tokenId) - 1;
        AftermarketDeviceIdAddressPair[] memory pairs = new AftermarketDeviceIdAddressPair[](1);
        pairs[0] = AftermarketDeviceIdAddressPair(tokenId, _unit(seed));
        vm.prank(_maker(_actor(node, maker)));
        registry.resetAftermarketDeviceAddressByManufacturerBatch(pairs);
        ++resets;
    }

    // ── what the invariants ask ──

    function tokenBalance() external view returns (uint256) {
        return token.balanceOf(address(programme));
    }

    function stakes() external view returns (uint256 sum) {
        for (uint256 node; node < nodeCount; ++node) {
            for (uint256 maker; maker < MAKERS; ++maker) sum += programme.stakeOf(_id(node), _maker(maker));
        }
    }

    /// @dev A locked stake is a licensee's, in a life that he may renounce.
    function stakesHaveAWayBack() external view returns (bool) {
        for (uint256 node; node < nodeCount; ++node) {
            License memory license = programme.licenseOf(_id(node));
            bool ends = license.life == Life.Renounced || license.life == Life.Revoked || license.life == Life.Refused;
            for (uint256 maker; maker < MAKERS; ++maker) {
                address staker = _maker(maker);
                bool locked = programme.stakeOf(_id(node), staker) > 0 && programme.stakeFreeAt(_id(node), staker) == 0;
                if (locked && (ends || staker != license.licensee)) return false;
            }
        }
        return true;
    }

    function namesAgree() external view returns (bool) {
        for (uint256 id = 1; id <= nodeCount; ++id) {
            if (nodes.getManufacturerIdByName(nodes.getManufacturerNameById(id)) != id) return false;
        }
        return true;
    }

    function controllersOwnOne() external view returns (bool) {
        for (uint256 maker; maker < MAKERS; ++maker) {
            address account = _maker(maker);
            if (nodes.isController(account) && nodes.balanceOf(account) > 1) return false;
        }
        return true;
    }

    function unitsWithinQuota() external view returns (bool) {
        for (uint256 node; node < nodeCount; ++node) {
            if (registry.unitsRegistered(_id(node)) > programme.licenseOf(_id(node)).quota) return false;
        }
        return true;
    }

    function addressesStandForOneUnit() external view returns (bool) {
        for (uint256 i; i < minted.length; ++i) {
            uint256 tokenId = uint256(uint160(minted[i]));
            if (registry.getAftermarketDeviceIdByAddress(registry.getAftermarketDeviceAddressById(tokenId)) != tokenId) {
                return false;
            }
        }
        return true;
    }

    // ── internals ──

    function _passAudits(uint256 node) private {
        for (uint8 kind; kind < 3; ++kind) {
            vm.prank(AUDITOR);
            programme.recordAudit(
                AuditRecord(_id(node), AuditKind(kind), true, uint48(block.timestamp + 400 days), EVIDENCE)
            );
        }
    }

    function _compare(ManufacturerNode id) private {
        (uint8 status, uint48 expiry,) = programme.standing(id);
        uint256 lease = block.timestamp + Protocol.LEASE_SECONDS;
        LicenseWord word = board.license(id);
        if (word.status() != status || word.expiry() != (expiry < lease ? expiry : lease)) wordBehind = true;
    }

    function _node(uint256 node) private view returns (uint256) {
        return 1 + (node % nodeCount);
    }

    function _id(uint256 node) private view returns (ManufacturerNode) {
        return ManufacturerNode.wrap(_node(node));
    }

    /// @dev Three times in four the node's owner, else anyone.
    function _actor(uint256 node, uint256 seed) private view returns (uint256) {
        address owner = nodes.ownerOf(_node(node));
        for (uint256 maker; maker < MAKERS && seed % 4 != 0; ++maker) if (_maker(maker) == owner) return maker;
        return seed % MAKERS;
    }

    /// @dev Few addresses, so that mints and resets meet.
    function _unit(uint256 seed) private pure returns (address) {
        return address(uint160(0xde71ce0000 + (seed % 24)));
    }

    function _fund(address maker, uint256 amount) private {
        token.mint(maker, amount);
        vm.prank(maker);
        token.approve(address(programme), amount);
    }

    function _payment(uint256 amount) private pure returns (StakePayment memory) {
        return StakePayment(amount, 0, 0, 0, 0);
    }

    function _mou(ManufacturerNode id, uint256 maker) private view returns (MouSignature memory) {
        (uint32 version, bytes32 documentHash) = programme.mou();
        uint256 deadline = block.timestamp;
        bytes32 message = keccak256(
            abi.encode(
                Protocol.MOU_ACCEPTANCE_TYPE_HASH,
                id,
                _maker(maker),
                documentHash,
                version,
                programme.mouNonce(id, _maker(maker)),
                deadline
            )
        );
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Touchmark"),
                keccak256("1"),
                block.chainid,
                address(programme)
            )
        );
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(_key(maker % MAKERS), keccak256(abi.encodePacked("\x19\x01", domain, message)));
        return MouSignature(deadline, abi.encodePacked(r, s, v));
    }
}
