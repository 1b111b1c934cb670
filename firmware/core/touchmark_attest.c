// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "attestation.h"
#include "cose.h"
#include "device.h"
#include "device_key.h"
#include "launched.h"
#include "port.h"
#include "sha256.h"
#include "touchmark_group.h"

#define TOKEN_BYTES (TM_ATTESTATION_CLAIMS_BYTES + TM_ATTESTATION_PROTECTED_BYTES + 96u)

// With certificates and trust of its own, and the key that they name.
static tm_error ready(const tm_device *device) {
    TM_TRY(tm_device_has_key(device));
    if (device->life < TM_LIFE_ENROLLED) return TM_ERROR_LIFE_STATE;
    return tm_trust_complete(&device->moving.anchor.trust) ? TM_OK : TM_ERROR_TRUST_INCOMPLETE;
}

static tm_error hardware_model(const tm_identity *identity, tm_bytes *model) {
    tm_certificate certificate;
    TM_TRY(tm_x509_parse(tm_bytes_of(identity->device, identity->device_len), &certificate));
    *model = certificate.hardware_model;
    return TM_OK;
}

static tm_error gather(const tm_device *device, tm_attestation *a) {
    const tm_identity *const identity = &device->identity;
    const tm_trust *const trust = &device->moving.anchor.trust;
    const tm_running *const running = &device->running;
    TM_TRY(hardware_model(identity, &a->hardware_model));
    memcpy(a->chip_id, identity->chip_id, sizeof a->chip_id);
    memcpy(a->public_key, identity->public_key, sizeof a->public_key);
    memcpy(a->vendor_id, trust->vendor_id, sizeof a->vendor_id);
    a->version = running->manifest.version;
    memcpy(a->manifest_digest, running->manifest_digest, sizeof a->manifest_digest);
    memcpy(a->image_digest, running->manifest.image_digest, sizeof a->image_digest);
    a->security_version = running->manifest.security_version;
    a->slot = running->slot;
    a->boot = (uint32_t)tm_launched()->reason;
    a->life = device->life;
    a->debug_closed = port_counter_read(PORT_COUNTER_DEBUG) != 0;
    tm_trust_hash(trust, a->trust_hash);
    a->floor_number = trust->floor_number;
    a->floor_timestamp = trust->floor_timestamp;
    a->rollback = device->moving.rollback;
    a->claims = device->moving.claims;
    a->pairs = device->moving.pairs;
    return TM_OK;
}

static tm_error sign(const tm_identity *identity, tm_bytes claims, tm_cose_sign1 *cose, uint8_t *header_buf) {
    uint8_t digest[32];
    tm_sha256(identity->device, identity->device_len, digest);
    TM_TRY(tm_attestation_protected(digest, header_buf, &cose->protected_header));
    TM_TRY(tm_cose_digest(cose, claims, digest));
    return tm_device_key_sign(identity, digest, cose->signature);
}

// The tags of a CWT and of COSE_Sign1, so that the token can stand alone in a file (RFC 8392 section 6).
static tm_error encode(const tm_cose_sign1 *cose, tm_bytes claims, uint8_t buf[TOKEN_BYTES], tm_bytes *token) {
    tm_cbor_writer out;
    tm_cbor_writer_init(&out, buf, TOKEN_BYTES);
    tm_cbor_put_tag(&out, TM_COSE_TAG_CWT);
    tm_cbor_put_tag(&out, TM_COSE_TAG_SIGN1);
    tm_cbor_put_array(&out, 4);
    tm_cbor_put_bstr(&out, cose->protected_header.ptr, cose->protected_header.len);
    tm_cbor_put_map(&out, 0);
    tm_cbor_put_bstr(&out, claims.ptr, claims.len);
    tm_cbor_put_bstr(&out, cose->signature, sizeof cose->signature);
    return tm_cbor_written(&out, token);
}

// {nonce: bstr 32} -> {token}
tm_error tm_touchmark_attest(tm_smp_call *call) {
    static uint8_t claims_buf[TM_ATTESTATION_CLAIMS_BYTES];
    static uint8_t token_buf[TOKEN_BYTES];
    uint8_t header_buf[TM_ATTESTATION_PROTECTED_BYTES];
    const tm_device *const device = &tm_the_device;
    tm_attestation attestation;
    tm_cose_sign1 cose;
    tm_bytes claims, token;
    TM_TRY(ready(device));
    TM_TRY(tm_smp_bstr_fixed(call, "nonce", attestation.nonce, sizeof attestation.nonce));
    TM_TRY(gather(device, &attestation));
    TM_TRY(tm_attestation_claims(&attestation, claims_buf, &claims));
    TM_TRY(sign(&device->identity, claims, &cose, header_buf));
    TM_TRY(encode(&cose, claims, token_buf, &token));
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "token");
    tm_cbor_put_bstr(&call->response, token.ptr, token.len);
    return TM_OK;
}
