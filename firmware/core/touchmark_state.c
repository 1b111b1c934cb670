// SPDX-License-Identifier: Apache-2.0
#include "device.h"
#include "touchmark_group.h"

// {} -> all that a verdict about this unit depends on: {life, slot, trust, digest, version, rollback, sequence,
// trustHash, securityVersion}
tm_error tm_touchmark_state(tm_smp_call *call) {
    const tm_device *const device = &tm_the_device;
    const tm_manifest *const manifest = &device->running.manifest;
    tm_cbor_writer *const out = &call->response;
    uint8_t block[TM_TRUST_BLOCK_BYTES];
    uint8_t hash[32];
    tm_trust_encode(&device->moving.anchor.trust, block);
    tm_trust_hash(&device->moving.anchor.trust, hash);
    tm_cbor_put_map(out, 9);
    tm_cbor_put_tstr(out, "life");
    tm_cbor_put_uint(out, device->life);
    tm_cbor_put_tstr(out, "slot");
    tm_cbor_put_uint(out, device->running.slot);
    tm_cbor_put_tstr(out, "trust");
    tm_cbor_put_bstr(out, block, sizeof block);
    tm_cbor_put_tstr(out, "digest");
    tm_cbor_put_bstr(out, device->running.manifest_digest, sizeof device->running.manifest_digest);
    tm_cbor_put_tstr(out, "version");
    tm_cbor_put_tstr(out, manifest->version);
    tm_cbor_put_tstr(out, "rollback");
    tm_cbor_put_uint(out, device->moving.rollback);
    tm_cbor_put_tstr(out, "sequence");
    tm_cbor_put_uint(out, manifest->sequence_number);
    tm_cbor_put_tstr(out, "trustHash");
    tm_cbor_put_bstr(out, hash, sizeof hash);
    tm_cbor_put_tstr(out, "securityVersion");
    tm_cbor_put_uint(out, manifest->security_version);
    return TM_OK;
}
