// SPDX-License-Identifier: Apache-2.0
#include "ecdsa.h"

#include <secp256k1.h>
#include <string.h>

#include "der.h"
#include "keccak.h"
#include "work.h"

static bool is_zero(const uint8_t scalar[32]) {
    static const uint8_t ZERO[32] = {0};
    return tm_equal(scalar, ZERO, sizeof ZERO);
}

static tm_error parse_signature(const uint8_t rs[64], secp256k1_ecdsa_signature *signature) {
    const bool in_range = secp256k1_ecdsa_signature_parse_compact(secp256k1_context_static, signature, rs) == 1;
    if (!in_range || is_zero(rs) || is_zero(rs + 32)) return TM_ERROR_SIGNATURE_RANGE;
    const bool high_s = secp256k1_ecdsa_signature_normalize(secp256k1_context_static, NULL, signature) == 1;
    return high_s ? TM_ERROR_SIGNATURE_HIGH_S : TM_OK;
}

static tm_error parse_point(tm_bytes point, secp256k1_pubkey *key) {
    const bool valid = secp256k1_ec_pubkey_parse(secp256k1_context_static, key, point.ptr, point.len) == 1;
    return valid ? TM_OK : TM_ERROR_PUBLIC_KEY_INVALID;
}

// Points of the keys used last, x and y: the square root behind y, 187,000 instructions, is taken once a key.
#define KEPT 4u
static uint8_t kept[KEPT][64];
static uint32_t kept_next;

// What was kept is not believed: the point has the key's own x, a y of its sign, and libsecp256k1 finds it on the curve.
static bool parse_kept(const uint8_t public_key[33], const uint8_t xy[64], secp256k1_pubkey *key) {
    uint8_t point[65] = {4};
    if (!tm_equal(xy, public_key + 1, 32) || public_key[0] != 2 + (xy[63] & 1)) return false;
    memcpy(point + 1, public_key + 1, 32);
    memcpy(point + 33, xy + 32, 32);
    return parse_point(tm_bytes_of(point, sizeof point), key) == TM_OK;
}

static tm_error parse_key(const uint8_t public_key[33], secp256k1_pubkey *key) {
    uint8_t point[65];
    size_t len = sizeof point;
    for (uint32_t i = 0; i < KEPT; i++) {
        if (parse_kept(public_key, kept[i], key)) return TM_OK;
    }
    TM_TRY(parse_point(tm_bytes_of(public_key, 33), key));
    secp256k1_ec_pubkey_serialize(secp256k1_context_static, point, &len, key, SECP256K1_EC_UNCOMPRESSED);
    memcpy(kept[kept_next], point + 1, sizeof kept[0]);
    kept_next = (kept_next + 1) % KEPT;
    return TM_OK;
}

tm_error tm_ecdsa_verify(const uint8_t digest[32], const uint8_t signature[64], const uint8_t public_key[33]) {
    secp256k1_ecdsa_signature parsed;
    secp256k1_pubkey key;
    TM_TRY(parse_signature(signature, &parsed));
    TM_TRY(parse_key(public_key, &key));
    tm_work_done.verifies++;
    const int valid = secp256k1_ecdsa_verify(secp256k1_context_static, &parsed, digest, &key);
    return valid == 1 ? TM_OK : TM_ERROR_SIGNATURE_INVALID;
}

tm_error tm_public_key_from_point(tm_bytes point, uint8_t public_key[33]) {
    secp256k1_pubkey key;
    size_t len = 33;
    // libsecp256k1 takes hybrid points, 0x06 and 0x07, too.
    if (point.len == 0 || point.ptr[0] > 0x04) return TM_ERROR_PUBLIC_KEY_INVALID;
    TM_TRY(parse_point(point, &key));
    secp256k1_ec_pubkey_serialize(secp256k1_context_static, public_key, &len, &key, SECP256K1_EC_COMPRESSED);
    return TM_OK;
}

tm_error tm_public_key_expand(const uint8_t public_key[33], uint8_t xy[64]) {
    secp256k1_pubkey key;
    uint8_t point[65];
    size_t len = sizeof point;
    TM_TRY(parse_key(public_key, &key));
    secp256k1_ec_pubkey_serialize(secp256k1_context_static, point, &len, &key, SECP256K1_EC_UNCOMPRESSED);
    memcpy(xy, point + 1, 64);
    return TM_OK;
}

tm_error tm_address(const uint8_t public_key[33], uint8_t address[20]) {
    uint8_t xy[64], hash[32];
    TM_TRY(tm_public_key_expand(public_key, xy));
    tm_keccak256(xy, sizeof xy, hash);
    memcpy(address, hash + 12, 20);
    return TM_OK;
}

// At most 32 bytes of magnitude, to 32 bytes with zeros in front.
static tm_error read_scalar(tm_bytes *rest, uint8_t scalar[32]) {
    tm_bytes contents;
    TM_TRY(tm_der_integer(rest, &contents));
    if (contents.ptr[0] >= 0x80) return TM_ERROR_SIGNATURE_RANGE;
    if (contents.ptr[0] == 0) contents = tm_bytes_of(contents.ptr + 1, contents.len - 1);
    if (contents.len > 32) return TM_ERROR_SIGNATURE_RANGE;
    memset(scalar, 0, 32);
    if (contents.len > 0) memcpy(scalar + 32 - contents.len, contents.ptr, contents.len);
    return TM_OK;
}

tm_error tm_ecdsa_signature_from_der(tm_bytes der, uint8_t signature[64]) {
    tm_bytes scalars;
    TM_TRY(tm_der_only(der, TM_DER_SEQUENCE, &scalars));
    TM_TRY(read_scalar(&scalars, signature));
    TM_TRY(read_scalar(&scalars, signature + 32));
    return tm_der_end(scalars);
}
