// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerNode, ReleaseDigest} from "../types/Ids.sol";
import {LicenseWord} from "../types/LicenseWord.sol";
import {ReleaseWord} from "../types/ReleaseWord.sol";

/// @title The only contract a device reads
/// @notice Holds three words per manufacturer in storage slots that devices prove (protocol/words.md): the license,
/// each release, and the root certificate. Words are never deleted.
/// @dev Delegates and pending changes belong to a tenure (node, owner, transfer count): a transfer voids them.
interface IOtaBoard {
    event LicenseRefreshed(ManufacturerNode indexed id, uint8 status, uint48 expiry);
    event OtaSignerProposed(ManufacturerNode indexed id, address indexed otaSigner, uint48 effectiveAt);
    event OtaSignerProposalCancelled(ManufacturerNode indexed id, address indexed otaSigner);
    event OtaSignerChanged(ManufacturerNode indexed id, address indexed otaSigner);
    event RootProposed(ManufacturerNode indexed id, bytes31 rootHashPrefix, uint48 effectiveAt);
    event RootProposalCancelled(ManufacturerNode indexed id, bytes31 rootHashPrefix);
    event RootChanged(ManufacturerNode indexed id, bytes31 rootHashPrefix);
    event AnnouncerSet(ManufacturerNode indexed id, address indexed announcer, bool allowed, address owner, uint256 version);
    event MinSecurityVersionRaised(ManufacturerNode indexed id, uint32 minSecurityVersion);
    event ReleaseAnnounced(
        ManufacturerNode indexed id, ReleaseDigest indexed digest, uint32 securityVersion, address indexed announcer
    );
    event ReleaseWithdrawn(ManufacturerNode indexed id, ReleaseDigest indexed digest, address indexed by);

    error NotNodeOwner(ManufacturerNode id, address caller);
    error NotAnnouncer(ManufacturerNode id, address caller);
    error SignerMayNotOwn(ManufacturerNode id, address otaSigner);
    error SignerMayNotAnnounce(ManufacturerNode id, address otaSigner);
    error ZeroOtaSigner();
    error ZeroAnnouncer();
    error ZeroRoot();
    error OtaSignerNotSet(ManufacturerNode id);
    error NothingPending(ManufacturerNode id);
    error NoticeRunning(ManufacturerNode id, uint48 effectiveAt);
    error LicenseNotInForce(ManufacturerNode id, uint8 status);
    error LicenseExpired(ManufacturerNode id, uint48 expiry);
    error AlreadyAnnounced(ManufacturerNode id, ReleaseDigest digest);
    error NotAnnounced(ManufacturerNode id, ReleaseDigest digest);
    error SecurityVersionTooLow(uint32 securityVersion, uint32 lowestAllowed);
    error MinSecurityVersionNotRaised(uint32 current, uint32 proposed);
    error MinSecurityVersionNotAnnounced(uint32 announced, uint32 proposed);
    error SourceFailed(ManufacturerNode id);
    error GasBelowFloor(uint256 available, uint256 floor);

    // ── words ──

    /// @notice The license word; zero where it was never written.
    function license(ManufacturerNode id) external view returns (LicenseWord);

    /// @notice The release word; zero where the release was never announced.
    function release(ManufacturerNode id, ReleaseDigest digest) external view returns (ReleaseWord);

    /// @notice layout(1) | first 31 bytes of SHA-256 of the root certificate; zero where it was never set.
    function root(ManufacturerNode id) external view returns (uint256);

    // ── anyone ──

    /// @notice Copies the source's standing into the license word. The expiry is at most a lease from now, so that a
    /// revocation nobody pushes takes effect by itself.
    /// @dev Changes nothing and reverts where the source call fails, returns short or out of range, or could have been
    /// starved of gas.
    function refresh(ManufacturerNode id) external;

    // ── owner of the node ──

    /// @notice Names the OTA signer: at once the first time, else after the notice.
    /// @param otaSigner Address of the OTA certificate's key; neither owner nor announcer.
    function proposeOtaSigner(ManufacturerNode id, address otaSigner) external;

    /// @notice Puts the proposed OTA signer in force once its notice has passed. Anyone may call.
    function activateOtaSigner(ManufacturerNode id) external;

    function cancelOtaSigner(ManufacturerNode id) external;

    /// @notice Names the root certificate: at once the first time, else after the notice.
    /// @param rootHash SHA-256 of the certificate's DER.
    function proposeRoot(ManufacturerNode id, bytes32 rootHash) external;

    /// @notice Puts the proposed root in force once its notice has passed. Anyone may call.
    function activateRoot(ManufacturerNode id) external;

    function cancelRoot(ManufacturerNode id) external;

    /// @notice Allows or forbids an account to announce and withdraw, until the node changes hands.
    function setAnnouncer(ManufacturerNode id, address announcer, bool allowed) external;

    /// @notice Raises the lowest security version that may be announced or installed: never down, and never above that
    /// of a release which is announced and not withdrawn.
    /// @param announced Digest of such a release.
    function raiseMinSecurityVersion(ManufacturerNode id, uint32 minSecurityVersion, ReleaseDigest announced) external;

    // ── owner or announcer ──

    /// @notice Announces a release under a license that the source says is in force now. A source that names another
    /// owner than the node's has failed.
    function announce(ManufacturerNode id, ReleaseDigest digest, uint32 securityVersion) external;

    /// @notice Withdraws a release for good, whatever the license's status.
    function withdraw(ManufacturerNode id, ReleaseDigest digest) external;

    // ── reads ──

    function isAnnouncer(ManufacturerNode id, address account) external view returns (bool);

    function pendingOtaSigner(ManufacturerNode id) external view returns (address otaSigner, uint48 effectiveAt);

    function pendingRoot(ManufacturerNode id) external view returns (bytes31 rootHashPrefix, uint48 effectiveAt);
}
