// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ManufacturerNode, ModelId} from "../../types/Ids.sol";

/// @dev A hardware device certificate: this manufacturer may build this model.
struct ModelCertificate {
    ManufacturerNode id;
    string name; // 1 to 32 bytes; its keccak256 is the model's id
    uint48 validUntil; // unix seconds
    bytes32 evidence; // hash of the evidence
}

/// @title Hardware device certificates, one per manufacturer and model
/// @notice A certificate belongs to the application under which it was granted: it lasts through renewals, rests with
/// the license while another owns the node, and ends with the next application, the same licensee's or another's.
interface IModels {
    event ModelCertified(ManufacturerNode indexed id, ModelId indexed model, string name, uint48 validUntil, bytes32 evidence);
    event ModelWithdrawn(ManufacturerNode indexed id, ModelId indexed model);

    error ModelNameLength(uint256 length);
    error ModelCertificateEnded(uint48 validUntil);
    error ModelNotCertified(ManufacturerNode id, ModelId model);

    /// @notice Licensor, under a license in force. Replaces an earlier certificate of the model.
    function certifyModel(ModelCertificate calldata certificate) external;

    /// @notice Licensor. Ends a certificate at once.
    function withdrawModel(ManufacturerNode id, ModelId model) external;

    /// @notice Unix seconds until which the model is certified under the current application; 0 = not.
    function modelValidUntil(ManufacturerNode id, ModelId model) external view returns (uint48);
}
