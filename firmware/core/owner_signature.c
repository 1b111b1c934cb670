// SPDX-License-Identifier: Apache-2.0
#include "owner_signature.h"

#include "device_key.h"
#include "port.h"

tm_error tm_owner_signature_allowed(const tm_device *device) {
    TM_TRY(tm_device_has_key(device));
    if (device->life != TM_LIFE_LOCKED) return TM_ERROR_LIFE_STATE;
    if (!tm_trust_complete(&device->moving.anchor.trust)) return TM_ERROR_TRUST_INCOMPLETE;
    return port_present() ? TM_OK : TM_ERROR_PRESENCE_REQUIRED;
}

tm_error tm_owner_signature_answer(const tm_device *device, const uint8_t digest[32], tm_smp_call *call) {
    uint8_t signature[65];
    TM_TRY(tm_device_key_sign_recoverable(&device->identity, digest, signature));
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "signature");
    tm_cbor_put_bstr(&call->response, signature, sizeof signature);
    return TM_OK;
}
