// SPDX-License-Identifier: Apache-2.0
#include "attestation.h"

#include <string.h>

#include "boot_info.h"
#include "cbor_write.h"
#include "sha256.h"

_Static_assert(TM_EAT_BOOT_CONFIRMED == TM_BOOT_CONFIRMED && TM_EAT_BOOT_TRIAL == TM_BOOT_TRIAL &&
                   TM_EAT_BOOT_REVERTED == TM_BOOT_REVERTED && TM_EAT_BOOT_FALLBACK == TM_BOOT_FALLBACK,
               "the claim is the bootloader's word");

#define UEID_BYTES 33u
#define CLAIMS 20u

void tm_attestation_ueid(const uint8_t chip_id[8], const uint8_t public_key[33], uint8_t ueid[33]) {
    tm_sha256_state state;
    ueid[0] = TM_EAT_UEID_RAND;
    tm_sha256_init(&state);
    tm_sha256_update(&state, TM_DOMAIN_UEID, sizeof TM_DOMAIN_UEID);  // its zero byte included
    tm_sha256_update(&state, chip_id, 8);
    tm_sha256_update(&state, public_key, 33);
    tm_sha256_final(&state, ueid + 1);
}

static void put_uint(tm_cbor_writer *out, int64_t label, uint64_t value) {
    tm_cbor_put_int(out, label);
    tm_cbor_put_uint(out, value);
}

static void put_bytes(tm_cbor_writer *out, int64_t label, const void *ptr, size_t len) {
    tm_cbor_put_int(out, label);
    tm_cbor_put_bstr(out, ptr, len);
}

// Registered claims, in ascending order.
static void put_registered(tm_cbor_writer *out, const tm_attestation *a) {
    static const uint8_t profile[] = TM_OID_TOUCHMARK_ATTESTATION;
    uint8_t ueid[UEID_BYTES];
    tm_attestation_ueid(a->chip_id, a->public_key, ueid);
    put_bytes(out, TM_EAT_CLAIM_NONCE, a->nonce, sizeof a->nonce);
    put_bytes(out, TM_EAT_CLAIM_UEID, ueid, sizeof ueid);
    put_bytes(out, TM_EAT_CLAIM_OEMID, a->vendor_id, sizeof a->vendor_id);
    put_bytes(out, TM_EAT_CLAIM_HWMODEL, a->hardware_model.ptr, a->hardware_model.len);
    tm_cbor_put_int(out, TM_EAT_CLAIM_OEMBOOT);
    tm_cbor_put_bool(out, a->life == TM_LIFE_LOCKED);  // from then on the bootloader runs signed releases alone
    put_uint(out, TM_EAT_CLAIM_DBGSTAT,
             a->debug_closed ? TM_EAT_DBGSTAT_DISABLED_PERMANENTLY : TM_EAT_DBGSTAT_ENABLED);
    put_bytes(out, TM_EAT_CLAIM_PROFILE, profile, sizeof profile);
    tm_cbor_put_int(out, TM_EAT_CLAIM_SWVERSION);
    tm_cbor_put_array(out, 2);
    tm_cbor_put_tstr(out, a->version);
    tm_cbor_put_uint(out, TM_EAT_VERSION_SCHEME_SEMVER);
}

// Private claims, whose encoded labels ascend as their numbers fall.
static void put_private(tm_cbor_writer *out, const tm_attestation *a) {
    put_bytes(out, TM_EAT_CLAIM_CHIP, a->chip_id, sizeof a->chip_id);
    put_uint(out, TM_EAT_CLAIM_LIFE, a->life);
    put_uint(out, TM_EAT_CLAIM_BOOT, a->boot);
    put_uint(out, TM_EAT_CLAIM_SLOT, a->slot);
    put_bytes(out, TM_EAT_CLAIM_MANIFEST_DIGEST, a->manifest_digest, sizeof a->manifest_digest);
    put_bytes(out, TM_EAT_CLAIM_IMAGE_DIGEST, a->image_digest, sizeof a->image_digest);
    put_uint(out, TM_EAT_CLAIM_SECURITY_VERSION, a->security_version);
    put_bytes(out, TM_EAT_CLAIM_TRUST_HASH, a->trust_hash, sizeof a->trust_hash);
    tm_cbor_put_int(out, TM_EAT_CLAIM_FLOOR);
    tm_cbor_put_array(out, 2);
    tm_cbor_put_uint(out, a->floor_number);
    tm_cbor_put_uint(out, a->floor_timestamp);
    put_uint(out, TM_EAT_CLAIM_ROLLBACK, a->rollback);
    put_uint(out, TM_EAT_CLAIM_CLAIMS, a->claims);
    put_uint(out, TM_EAT_CLAIM_PAIRS, a->pairs);
}

tm_error tm_attestation_claims(const tm_attestation *attestation, uint8_t buf[TM_ATTESTATION_CLAIMS_BYTES],
                               tm_bytes *claims) {
    tm_cbor_writer out;
    tm_cbor_writer_init(&out, buf, TM_ATTESTATION_CLAIMS_BYTES);
    tm_cbor_put_map(&out, CLAIMS);
    put_registered(&out, attestation);
    put_private(&out, attestation);
    return tm_cbor_written(&out, claims);
}

tm_error tm_attestation_protected(const uint8_t certificate_hash[32], uint8_t buf[TM_ATTESTATION_PROTECTED_BYTES],
                                  tm_bytes *header) {
    tm_cbor_writer out;
    tm_cbor_writer_init(&out, buf, TM_ATTESTATION_PROTECTED_BYTES);
    tm_cbor_put_map(&out, 3);
    tm_cbor_put_int(&out, TM_COSE_HEADER_ALG);
    tm_cbor_put_int(&out, TM_COSE_ALG_ES256K);
    put_uint(&out, TM_COSE_HEADER_TYP, TM_EAT_CONTENT_FORMAT);
    tm_cbor_put_int(&out, TM_COSE_HEADER_X5T);
    tm_cbor_put_array(&out, 2);
    tm_cbor_put_int(&out, TM_COSE_DIGEST_SHA256);
    tm_cbor_put_bstr(&out, certificate_hash, 32);
    return tm_cbor_written(&out, header);
}
