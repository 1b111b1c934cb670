// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "csr.h"
#include "device.h"
#include "device_key.h"
#include "touchmark_group.h"

// {} -> {csr: bstr}: over the session's nonce.
tm_error tm_touchmark_csr(tm_smp_call *call) {
    const tm_device *const device = &tm_the_device;
    tm_csr_body body;
    uint8_t info[TM_CSR_INFO_BYTES];
    uint8_t digest[32];
    uint8_t signature[64];
    uint8_t csr[TM_LIMIT_CSR_BYTES];
    TM_TRY(tm_device_provisioning(device));
    if (!device->session) return TM_ERROR_SESSION_MISSING;
    TM_TRY(tm_device_has_key(device));
    memcpy(body.chip_id, device->identity.chip_id, sizeof body.chip_id);
    memcpy(body.public_key, device->identity.public_key, sizeof body.public_key);
    memcpy(body.nonce, device->session_nonce, sizeof body.nonce);
    memcpy(body.firmware_digest, device->running.manifest_digest, sizeof body.firmware_digest);
    TM_TRY(tm_csr_info(&body, info, digest));
    TM_TRY(tm_device_key_sign(&device->identity, digest, signature));
    const tm_bytes der = tm_csr_encode(info, signature, csr);
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "csr");
    tm_cbor_put_bstr(&call->response, der.ptr, der.len);
    return TM_OK;
}
