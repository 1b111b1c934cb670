// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Protocol} from "../generated/Protocol.sol";
import {MouSignature} from "../interfaces/license/IMou.sol";
import {ManufacturerNode} from "../types/Ids.sol";
import {ProgrammeBase} from "./ProgrammeBase.sol";

/// @dev A message names its node, and its nonce counts there: it serves no other node and stands in none's way. The
/// nonce is consumed per acceptance, so that the message, not the signature's bytes, is used once.
abstract contract Mou is ProgrammeBase, EIP712 {
    uint32 private _version;
    bytes32 private _documentHash;
    mapping(ManufacturerNode id => mapping(address applicant => uint32 version)) private _signed;
    mapping(ManufacturerNode id => mapping(address applicant => uint256)) public mouNonce;

    function publishMou(bytes32 documentHash) external onlyLicensor {
        if (documentHash == 0) revert ZeroDocumentHash();
        _documentHash = documentHash;
        emit MouPublished(++_version, documentHash);
    }

    function signMou(ManufacturerNode id, MouSignature calldata mouSignature) external {
        address licensee = _licenses[id].licensee;
        if (licensee == address(0)) revert NotLicensee(id, msg.sender);
        _acceptMou(id, licensee, mouSignature);
    }

    function mou() external view returns (uint32 version, bytes32 documentHash) {
        return (_version, _documentHash);
    }

    function mouSignedVersion(ManufacturerNode id) public view returns (uint32) {
        return _signed[id][_licenses[id].licensee];
    }

    function _hasSignedCurrentMou(ManufacturerNode id, address applicant) internal view returns (bool) {
        return _version != 0 && _signed[id][applicant] == _version;
    }

    function _acceptMou(ManufacturerNode id, address applicant, MouSignature calldata mouSignature) internal {
        if (_version == 0) revert MouNotPublished();
        if (block.timestamp > mouSignature.deadline) revert MouSignatureExpired(mouSignature.deadline);
        uint256 nonce = mouNonce[id][applicant]++;
        bytes32 digest = _hashTypedDataV4(
            keccak256(
                abi.encode(
                    Protocol.MOU_ACCEPTANCE_TYPE_HASH,
                    id,
                    applicant,
                    _documentHash,
                    _version,
                    nonce,
                    mouSignature.deadline
                )
            )
        );
        if (!SignatureChecker.isValidSignatureNow(applicant, digest, mouSignature.signature)) {
            revert MouSignatureInvalid(applicant);
        }
        _signed[id][applicant] = _version;
        emit MouSigned(id, applicant, _version, _documentHash, nonce);
    }

    function _requireCurrentMou(ManufacturerNode id) internal view {
        uint32 signedVersion = mouSignedVersion(id);
        if (signedVersion != _version) revert MouOutdated(id, signedVersion, _version);
    }
}
