// SPDX-License-Identifier: Apache-2.0
#include "device.h"
#include "device_key.h"
#include "sha256.h"
#include "touchmark_group.h"

// What verify signs, whatever the nonce: never bytes of the asker's choosing.
static void verify_digest(const tm_identity *identity, const uint8_t nonce[32], uint8_t digest[32]) {
    uint8_t certificate[32];
    tm_sha256_state state;
    tm_sha256(identity->device, identity->device_len, certificate);
    tm_sha256_init(&state);
    tm_sha256_update(&state, TM_DOMAIN_VERIFY, sizeof TM_DOMAIN_VERIFY);  // its zero byte included
    tm_sha256_update(&state, nonce, 32);
    tm_sha256_update(&state, identity->chip_id, sizeof identity->chip_id);
    tm_sha256_update(&state, certificate, sizeof certificate);
    tm_sha256_final(&state, digest);
}

// {nonce: bstr 32} -> {pub, signature}: by the key and over the certificate that are in flash.
tm_error tm_touchmark_verify(tm_smp_call *call) {
    tm_device *const device = &tm_the_device;
    uint8_t nonce[32];
    uint8_t digest[32];
    uint8_t signature[64];
    TM_TRY(tm_device_provisioning(device));
    TM_TRY(tm_smp_bstr_fixed(call, "nonce", nonce, sizeof nonce));
    tm_device_load(device);
    if (device->life != TM_LIFE_ENROLLED) return TM_ERROR_LIFE_STATE;
    verify_digest(&device->identity, nonce, digest);
    TM_TRY(tm_device_key_sign(&device->identity, digest, signature));
    tm_cbor_put_map(&call->response, 2);
    tm_cbor_put_tstr(&call->response, "pub");
    tm_cbor_put_bstr(&call->response, device->identity.public_key, sizeof device->identity.public_key);
    tm_cbor_put_tstr(&call->response, "signature");
    tm_cbor_put_bstr(&call->response, signature, sizeof signature);
    return TM_OK;
}
