// SPDX-License-Identifier: Apache-2.0
#include "cose.h"

#include "cbor.h"
#include "cbor_walk.h"
#include "cbor_write.h"
#include "ecdsa.h"
#include "sha256.h"
#include "signed.h"

// Deterministic order puts label 1 first, so an algorithm that stands elsewhere is none.
static tm_error read_algorithm(tm_cbor *header) {
    int64_t label;
    int64_t algorithm;
    if (tm_cbor_int(header, &label) != TM_OK || label != TM_COSE_HEADER_ALG) return TM_ERROR_COSE_ALGORITHM;
    if (tm_cbor_int(header, &algorithm) != TM_OK || algorithm != TM_COSE_ALG_ES256K) return TM_ERROR_COSE_ALGORITHM;
    return TM_OK;
}

static tm_error read_protected(tm_bytes encoded, tm_bytes *certificate) {
    tm_cbor in;
    tm_cbor header;
    int64_t label;
    TM_TRY(tm_cbor_open(&in, encoded, TM_CBOR_STRICT));
    TM_TRY(tm_cbor_map(&in, &header));
    TM_TRY(read_algorithm(&header));
    TM_TRY(tm_cbor_int(&header, &label));
    if (label != TM_COSE_HEADER_X5CHAIN) return TM_ERROR_COSE_MALFORMED;
    TM_TRY(tm_cbor_bstr(&header, certificate));
    return tm_cbor_end(&header);
}

static tm_error read_sign1(tm_bytes encoded, tm_cose_sign1 *cose) {
    tm_cbor in;
    tm_cbor items;
    tm_cbor unprotected;
    uint64_t tag;
    TM_TRY(tm_cbor_open(&in, encoded, TM_CBOR_STRICT));
    TM_TRY(tm_cbor_tag(&in, &tag));
    if (tag != TM_COSE_TAG_SIGN1) return TM_ERROR_COSE_MALFORMED;
    TM_TRY(tm_cbor_array(&in, &items));
    if (tm_cbor_count(&items) != 4) return TM_ERROR_COSE_MALFORMED;
    TM_TRY(tm_cbor_bstr(&items, &cose->protected_header));
    TM_TRY(read_protected(cose->protected_header, &cose->certificate));
    TM_TRY(tm_cbor_map(&items, &unprotected));
    TM_TRY(tm_cbor_end(&unprotected));
    TM_TRY(tm_cbor_null(&items));
    return tm_cbor_bstr_fixed(&items, cose->signature, sizeof cose->signature);
}

tm_error tm_cose_decode(tm_bytes encoded, tm_cose_sign1 *cose) {
    return tm_form(read_sign1(encoded, cose), TM_ERROR_COSE_MALFORMED);
}

tm_error tm_cose_digest(const tm_cose_sign1 *cose, tm_bytes payload, uint8_t digest[32]) {
    uint8_t head[24];
    tm_bytes encoded;
    tm_cbor_writer out;
    tm_sha256_state state;
    tm_sha256_init(&state);
    tm_cbor_writer_init(&out, head, sizeof head);
    tm_cbor_put_array(&out, 4);
    tm_cbor_put_tstr(&out, "Signature1");
    tm_cbor_put_bstr_head(&out, cose->protected_header.len);
    TM_TRY(tm_cbor_written(&out, &encoded));
    tm_sha256_update(&state, encoded.ptr, encoded.len);
    tm_sha256_update(&state, cose->protected_header.ptr, cose->protected_header.len);
    tm_cbor_writer_init(&out, head, sizeof head);
    tm_cbor_put_bstr(&out, NULL, 0);
    tm_cbor_put_bstr_head(&out, payload.len);
    TM_TRY(tm_cbor_written(&out, &encoded));
    tm_sha256_update(&state, encoded.ptr, encoded.len);
    tm_sha256_update(&state, payload.ptr, payload.len);
    tm_sha256_final(&state, digest);
    return TM_OK;
}

tm_error tm_cose_verify(const tm_cose_sign1 *cose, tm_bytes payload, const uint8_t public_key[33]) {
    uint8_t digest[32];
    TM_TRY(tm_cose_digest(cose, payload, digest));
    return tm_signed(tm_ecdsa_verify(digest, cose->signature, public_key), TM_ERROR_COSE_SIGNATURE);
}
