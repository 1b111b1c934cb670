// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "device.h"
#include "device_key.h"
#include "ecdsa.h"
#include "touchmark_group.h"

// A key that is in flash is kept for ever: only a unit without one gives birth.
static tm_error ensure_key(tm_device *device) {
    static tm_identity identity;
    if (tm_device_has_key(device) == TM_OK) return TM_OK;
    TM_TRY(tm_chip_key_ensure());
    TM_TRY(tm_device_key_birth(&identity));
    TM_TRY(tm_identity_store(&identity, &device->identity_newest));
    tm_device_load(device);
    return tm_device_has_key(device);
}

// {nonce: bstr 32} -> {pub, chip, life, address}
tm_error tm_touchmark_begin(tm_smp_call *call) {
    tm_device *const device = &tm_the_device;
    tm_cbor_writer *const out = &call->response;
    uint8_t nonce[32];
    uint8_t address[20];
    TM_TRY(tm_device_provisioning(device));
    TM_TRY(tm_smp_bstr_fixed(call, "nonce", nonce, sizeof nonce));
    TM_TRY(ensure_key(device));
    TM_TRY(tm_address(device->identity.public_key, address));
    memcpy(device->session_nonce, nonce, sizeof nonce);
    device->session = true;
    tm_cbor_put_map(out, 4);
    tm_cbor_put_tstr(out, "pub");
    tm_cbor_put_bstr(out, device->identity.public_key, sizeof device->identity.public_key);
    tm_cbor_put_tstr(out, "chip");
    tm_cbor_put_bstr(out, device->identity.chip_id, sizeof device->identity.chip_id);
    tm_cbor_put_tstr(out, "life");
    tm_cbor_put_uint(out, device->life);
    tm_cbor_put_tstr(out, "address");
    tm_cbor_put_bstr(out, address, sizeof address);
    return TM_OK;
}
