// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Protocol} from "../generated/Protocol.sol";
import {ILicenseSource} from "../interfaces/ILicenseSource.sol";
import {INodeTenure} from "../interfaces/INodeTenure.sol";
import {IOtaBoard} from "../interfaces/IOtaBoard.sol";
import {ManufacturerNode, ReleaseDigest} from "../types/Ids.sol";
import {LicenseWord, LicenseWordFields} from "../types/LicenseWord.sol";
import {ReleaseWord, ReleaseWordFields} from "../types/ReleaseWord.sol";
import {BoardWords} from "./BoardWords.sol";
import {SourceCall, Standing} from "./SourceCall.sol";

/// @title See {IOtaBoard}
contract OtaBoard is IOtaBoard {
    using SourceCall for ILicenseSource;

    struct PendingSigner {
        address otaSigner;
        uint48 effectiveAt;
    }

    struct PendingRoot {
        bytes31 rootHashPrefix;
        uint48 effectiveAt;
    }

    INodeTenure public immutable nodes;
    ILicenseSource public immutable source;

    /// @notice Seconds between the proposal of a new OTA signer or root and its effect.
    uint48 public immutable noticeSeconds;

    mapping(bytes32 tenure => mapping(address account => bool)) private _announcers;
    mapping(bytes32 tenure => PendingSigner) private _pendingSigners;
    mapping(bytes32 tenure => PendingRoot) private _pendingRoots;

    modifier onlyNodeOwner(ManufacturerNode id) {
        if (nodes.ownerOf(ManufacturerNode.unwrap(id)) != msg.sender) revert NotNodeOwner(id, msg.sender);
        _;
    }

    constructor(INodeTenure nodes_, ILicenseSource source_, uint48 noticeSeconds_) {
        nodes = nodes_;
        source = source_;
        noticeSeconds = noticeSeconds_;
    }

    // ── standing ──

    function refresh(ManufacturerNode id) external {
        LicenseWord word = license(id);
        _writeStanding(id, word, word.otaSigner());
    }

    // ── OTA signer ──

    function proposeOtaSigner(ManufacturerNode id, address otaSigner) external onlyNodeOwner(id) {
        if (otaSigner == address(0)) revert ZeroOtaSigner();
        if (otaSigner == msg.sender) revert SignerMayNotOwn(id, otaSigner);
        bytes32 tenure = _tenure(id, msg.sender);
        if (_announcers[tenure][otaSigner]) revert SignerMayNotAnnounce(id, otaSigner);

        LicenseWord word = license(id);
        if (word.otaSigner() == address(0)) return _setOtaSigner(id, word, otaSigner);

        uint48 effectiveAt = uint48(block.timestamp) + noticeSeconds;
        _pendingSigners[tenure] = PendingSigner(otaSigner, effectiveAt);
        emit OtaSignerProposed(id, otaSigner, effectiveAt);
    }

    function activateOtaSigner(ManufacturerNode id) external {
        bytes32 tenure = _tenure(id);
        PendingSigner memory pending = _pendingSigners[tenure];
        _requireNoticePassed(id, pending.effectiveAt);
        delete _pendingSigners[tenure];
        _setOtaSigner(id, license(id), pending.otaSigner);
    }

    function cancelOtaSigner(ManufacturerNode id) external onlyNodeOwner(id) {
        bytes32 tenure = _tenure(id, msg.sender);
        address otaSigner = _pendingSigners[tenure].otaSigner;
        if (otaSigner == address(0)) revert NothingPending(id);
        delete _pendingSigners[tenure];
        emit OtaSignerProposalCancelled(id, otaSigner);
    }

    // ── root certificate ──

    function proposeRoot(ManufacturerNode id, bytes32 rootHash) external onlyNodeOwner(id) {
        bytes31 rootHashPrefix = bytes31(rootHash);
        if (rootHashPrefix == 0) revert ZeroRoot();
        if (root(id) == 0) return _setRoot(id, rootHashPrefix);

        uint48 effectiveAt = uint48(block.timestamp) + noticeSeconds;
        _pendingRoots[_tenure(id, msg.sender)] = PendingRoot(rootHashPrefix, effectiveAt);
        emit RootProposed(id, rootHashPrefix, effectiveAt);
    }

    function activateRoot(ManufacturerNode id) external {
        bytes32 tenure = _tenure(id);
        PendingRoot memory pending = _pendingRoots[tenure];
        _requireNoticePassed(id, pending.effectiveAt);
        delete _pendingRoots[tenure];
        _setRoot(id, pending.rootHashPrefix);
    }

    function cancelRoot(ManufacturerNode id) external onlyNodeOwner(id) {
        bytes32 tenure = _tenure(id, msg.sender);
        bytes31 rootHashPrefix = _pendingRoots[tenure].rootHashPrefix;
        if (rootHashPrefix == 0) revert NothingPending(id);
        delete _pendingRoots[tenure];
        emit RootProposalCancelled(id, rootHashPrefix);
    }

    // ── announcers and security version ──

    function setAnnouncer(ManufacturerNode id, address announcer, bool allowed) external onlyNodeOwner(id) {
        if (announcer == address(0)) revert ZeroAnnouncer();
        bytes32 tenure = _tenure(id, msg.sender);
        if (allowed && (announcer == license(id).otaSigner() || announcer == _pendingSigners[tenure].otaSigner)) {
            revert SignerMayNotAnnounce(id, announcer);
        }
        _announcers[tenure][announcer] = allowed;
        emit AnnouncerSet(id, announcer, allowed, msg.sender, _version(id));
    }

    function raiseMinSecurityVersion(ManufacturerNode id, uint32 minSecurityVersion, ReleaseDigest announced)
        external
        onlyNodeOwner(id)
    {
        LicenseWord word = license(id);
        if (minSecurityVersion <= word.minSecurityVersion()) {
            revert MinSecurityVersionNotRaised(word.minSecurityVersion(), minSecurityVersion);
        }
        ReleaseWord proof = release(id, announced);
        if (proof.status() != Protocol.RELEASE_STATUS_ANNOUNCED) revert NotAnnounced(id, announced);
        if (minSecurityVersion > proof.securityVersion()) {
            revert MinSecurityVersionNotAnnounced(proof.securityVersion(), minSecurityVersion);
        }
        BoardWords.licenses().words[id] =
            LicenseWordFields.pack(word.status(), minSecurityVersion, word.expiry(), word.otaSigner());
        emit MinSecurityVersionRaised(id, minSecurityVersion);
    }

    // ── releases ──

    function announce(ManufacturerNode id, ReleaseDigest digest, uint32 securityVersion) external {
        Standing memory standing = source.ask(id);
        address owner = nodes.ownerOf(ManufacturerNode.unwrap(id));
        if (standing.owner != owner) revert SourceFailed(id);
        if (msg.sender != owner) _requireAnnouncer(id, owner);
        LicenseWord word = license(id);
        _requireSigner(id, word.otaSigner(), owner);
        _requireInForce(id, standing, securityVersion, word.minSecurityVersion());
        if (release(id, digest).isWritten()) revert AlreadyAnnounced(id, digest);

        BoardWords.releases().words[id][digest] =
            ReleaseWordFields.announced(securityVersion, uint48(block.number), msg.sender);
        emit ReleaseAnnounced(id, digest, securityVersion, msg.sender);
    }

    function withdraw(ManufacturerNode id, ReleaseDigest digest) external {
        address owner = nodes.ownerOf(ManufacturerNode.unwrap(id));
        if (msg.sender != owner) _requireAnnouncer(id, owner);
        ReleaseWord word = release(id, digest);
        if (word.status() != Protocol.RELEASE_STATUS_ANNOUNCED) revert NotAnnounced(id, digest);
        BoardWords.releases().words[id][digest] = word.withdrawn();
        emit ReleaseWithdrawn(id, digest, msg.sender);
    }

    // ── reads ──

    function license(ManufacturerNode id) public view returns (LicenseWord) {
        return BoardWords.licenses().words[id];
    }

    function release(ManufacturerNode id, ReleaseDigest digest) public view returns (ReleaseWord) {
        return BoardWords.releases().words[id][digest];
    }

    function root(ManufacturerNode id) public view returns (uint256) {
        return BoardWords.roots().words[id];
    }

    function isAnnouncer(ManufacturerNode id, address account) external view returns (bool) {
        return _announcers[_tenure(id)][account];
    }

    function pendingOtaSigner(ManufacturerNode id) external view returns (address otaSigner, uint48 effectiveAt) {
        PendingSigner memory pending = _pendingSigners[_tenure(id)];
        return (pending.otaSigner, pending.effectiveAt);
    }

    function pendingRoot(ManufacturerNode id) external view returns (bytes31 rootHashPrefix, uint48 effectiveAt) {
        PendingRoot memory pending = _pendingRoots[_tenure(id)];
        return (pending.rootHashPrefix, pending.effectiveAt);
    }

    // ── internals ──

    function _writeStanding(ManufacturerNode id, LicenseWord word, address otaSigner) private {
        Standing memory standing = source.ask(id);
        uint48 expiry = uint48(Math.min(standing.expiry, block.timestamp + Protocol.LEASE_SECONDS));
        BoardWords.licenses().words[id] =
            LicenseWordFields.pack(standing.status, word.minSecurityVersion(), expiry, otaSigner);
        emit LicenseRefreshed(id, standing.status, expiry);
    }

    function _setOtaSigner(ManufacturerNode id, LicenseWord word, address otaSigner) private {
        _writeStanding(id, word, otaSigner);
        emit OtaSignerChanged(id, otaSigner);
    }

    function _setRoot(ManufacturerNode id, bytes31 rootHashPrefix) private {
        BoardWords.roots().words[id] =
            (Protocol.LAYOUT << Protocol.ROOT_LAYOUT_SHIFT) | (uint256(uint248(rootHashPrefix)) << Protocol.ROOT_ROOT_HASH_PREFIX_SHIFT);
        emit RootChanged(id, rootHashPrefix);
    }

    function _requireAnnouncer(ManufacturerNode id, address owner) private view {
        if (!_announcers[_tenure(id, owner)][msg.sender]) revert NotAnnouncer(id, msg.sender);
    }

    /// @dev A node may be handed to the account that signs for it: until the signer changes, nothing is announced.
    function _requireSigner(ManufacturerNode id, address otaSigner, address owner) private pure {
        if (otaSigner == address(0)) revert OtaSignerNotSet(id);
        if (otaSigner == owner) revert SignerMayNotOwn(id, otaSigner);
    }

    function _requireInForce(ManufacturerNode id, Standing memory standing, uint32 securityVersion, uint32 minimum)
        private
        view
    {
        bool sunset = standing.status == Protocol.LICENSE_STATUS_SUNSET;
        if (standing.status != Protocol.LICENSE_STATUS_ACTIVE && !sunset) {
            revert LicenseNotInForce(id, standing.status);
        }
        if (standing.expiry <= block.timestamp) revert LicenseExpired(id, standing.expiry);
        uint32 lowest = sunset ? minimum + 1 : minimum;
        if (securityVersion < lowest) revert SecurityVersionTooLow(securityVersion, lowest);
    }

    function _requireNoticePassed(ManufacturerNode id, uint48 effectiveAt) private view {
        if (effectiveAt == 0) revert NothingPending(id);
        if (block.timestamp < effectiveAt) revert NoticeRunning(id, effectiveAt);
    }

    function _version(ManufacturerNode id) private view returns (uint256) {
        return nodes.tokenIdToVersion(ManufacturerNode.unwrap(id));
    }

    function _tenure(ManufacturerNode id) private view returns (bytes32) {
        return _tenure(id, nodes.ownerOf(ManufacturerNode.unwrap(id)));
    }

    function _tenure(ManufacturerNode id, address owner) private view returns (bytes32) {
        return keccak256(abi.encode(id, owner, _version(id)));
    }
}
