// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerNode} from "../../types/Ids.sol";

/// @dev Signature over MouAcceptance(manufacturerId, applicant, documentHash, version, nonce, deadline) of the document
/// in force, by the applicant's key, or its contract's word through ERC-1271.
struct MouSignature {
    uint256 deadline; // unix seconds
    bytes signature;
}

/// @title Memorandum of understanding: the duties a licensee takes on
interface IMou {
    event MouPublished(uint32 indexed version, bytes32 documentHash);
    event MouSigned(ManufacturerNode indexed id, address indexed applicant, uint32 version, bytes32 documentHash, uint256 nonce);

    error MouNotPublished();
    error ZeroDocumentHash();
    error MouSignatureExpired(uint256 deadline);
    error MouSignatureInvalid(address applicant);
    error MouOutdated(ManufacturerNode id, uint32 signedVersion, uint32 currentVersion);

    /// @notice Licensor. Publishes the next version; signed ones stay good until renewal.
    function publishMou(bytes32 documentHash) external;

    /// @notice Version in force (0 = none) and the hash of its document.
    function mou() external view returns (uint32 version, bytes32 documentHash);

    /// @notice Version that the node's licensee signed last.
    function mouSignedVersion(ManufacturerNode id) external view returns (uint32);

    /// @notice Nonce of the applicant's next signature for the node.
    function mouNonce(ManufacturerNode id, address applicant) external view returns (uint256);

    /// @notice Records the licensee's signature of the version in force. Anyone may bring it.
    function signMou(ManufacturerNode id, MouSignature calldata signature) external;
}
