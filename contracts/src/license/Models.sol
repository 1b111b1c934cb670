// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ModelCertificate} from "../interfaces/license/IModels.sol";
import {ManufacturerNode, ModelId} from "../types/Ids.sol";
import {Standings} from "./Standings.sol";

abstract contract Models is Standings {
    uint256 private constant MAX_NAME_BYTES = 32;

    mapping(ManufacturerNode id => mapping(ModelId model => uint48 validUntil)) private _validUntil;

    function certifyModel(ModelCertificate calldata certificate) external onlyLicensor {
        _requireInForce(certificate.id);
        uint256 length = bytes(certificate.name).length;
        if (length == 0 || length > MAX_NAME_BYTES) revert ModelNameLength(length);
        if (certificate.evidence == 0) revert ZeroEvidence();
        if (certificate.validUntil <= block.timestamp) revert ModelCertificateEnded(certificate.validUntil);

        ModelId model = ModelId.wrap(keccak256(bytes(certificate.name)));
        _validUntil[certificate.id][model] = certificate.validUntil;
        emit ModelCertified(certificate.id, model, certificate.name, certificate.validUntil, certificate.evidence);
    }

    function withdrawModel(ManufacturerNode id, ModelId model) external onlyLicensor {
        if (_validUntil[id][model] == 0) revert ModelNotCertified(id, model);
        delete _validUntil[id][model];
        emit ModelWithdrawn(id, model);
    }

    function modelValidUntil(ManufacturerNode id, ModelId model) public view override returns (uint48) {
        return _validUntil[id][model];
    }
}
