// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ModelCertificate} from "../interfaces/license/IModels.sol";
import {ManufacturerNode, ModelId} from "../types/Ids.sol";
import {Standings} from "./Standings.sol";

abstract contract Models is Standings {
    uint256 private constant MAX_NAME_BYTES = 32;

    /// @dev application ‖ validUntil (48 bits, unix seconds). A certificate belongs to one application, as audits do:
    /// with the next one it is void, whoever applies.
    mapping(ManufacturerNode id => mapping(ModelId model => uint256)) private _certified;

    function certifyModel(ModelCertificate calldata certificate) external onlyLicensor {
        _requireInForce(certificate.id);
        uint256 length = bytes(certificate.name).length;
        if (length == 0 || length > MAX_NAME_BYTES) revert ModelNameLength(length);
        if (certificate.evidence == 0) revert ZeroEvidence();
        if (certificate.validUntil <= block.timestamp) revert ModelCertificateEnded(certificate.validUntil);

        ModelId model = ModelId.wrap(keccak256(bytes(certificate.name)));
        uint256 application = _licenses[certificate.id].application;
        _certified[certificate.id][model] = application << 48 | certificate.validUntil;
        emit ModelCertified(certificate.id, model, certificate.name, certificate.validUntil, certificate.evidence);
    }

    function withdrawModel(ManufacturerNode id, ModelId model) external onlyLicensor {
        if (modelValidUntil(id, model) == 0) revert ModelNotCertified(id, model);
        delete _certified[id][model];
        emit ModelWithdrawn(id, model);
    }

    function modelValidUntil(ManufacturerNode id, ModelId model) public view override returns (uint48) {
        uint256 certified = _certified[id][model];
        return certified >> 48 == _licenses[id].application ? uint48(certified) : 0;
    }
}
