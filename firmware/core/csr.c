// SPDX-License-Identifier: Apache-2.0
#include "csr.h"

#include <string.h>

#include "der.h"
#include "ecdsa.h"
#include "sha256.h"

// Tag and length of what follows up to and including the named member.
#define SPAN(from, to) (offsetof(csr_template, to) + sizeof(((csr_template *)0)->to) - offsetof(csr_template, from))
#define HEAD(tag, from, to) {(tag), (uint8_t)SPAN(from, to)}
#define CONTEXT_0 0xa0
#define UNCOMPRESSED 4

// Members of bytes only: the struct is the DER. In the order of RFC 2986.
typedef struct {
    uint8_t info[3];
    uint8_t version[3];
    uint8_t name[2], rdn[2], attribute[2];
    uint8_t serial_head[2], serial_oid[3];
    uint8_t chip_head[2], chip[16];  // lower-case hexadecimal
    uint8_t key_info[2], algorithm[2];
    uint8_t key_head[2], key_oid[7];
    uint8_t curve_head[2], curve_oid[5];
    uint8_t bits[4], point[64];
    uint8_t attributes[2], request[2];
    uint8_t request_head[2], request_oid[9];
    uint8_t set[2], extensions[2], extension[2];
    uint8_t birth_head[2], birth_oid[21];
    uint8_t value[2], birth[2];
    uint8_t nonce_head[2], nonce[32];
    uint8_t birth_chip_head[2], birth_chip[8];
    uint8_t digest_head[2], digest[32];
} csr_template;

_Static_assert(sizeof(csr_template) == TM_CSR_INFO_BYTES, "no padding between bytes");
_Static_assert(SPAN(version, digest) >= 128 && SPAN(version, digest) < 256, "the outer length takes two bytes");
_Static_assert(SPAN(request, digest) < 128, "all other lengths take one");

static const csr_template TEMPLATE = {
    .info = {TM_DER_SEQUENCE, 0x81, (uint8_t)SPAN(version, digest)},
    .version = {TM_DER_INTEGER, 1, 0},
    .name = HEAD(TM_DER_SEQUENCE, rdn, chip),
    .rdn = HEAD(TM_DER_SET, attribute, chip),
    .attribute = HEAD(TM_DER_SEQUENCE, serial_head, chip),
    .serial_head = HEAD(TM_DER_OID, serial_oid, serial_oid),
    .serial_oid = TM_OID_SERIAL_NUMBER,
    .chip_head = HEAD(TM_DER_PRINTABLE_STRING, chip, chip),
    .key_info = HEAD(TM_DER_SEQUENCE, algorithm, point),
    .algorithm = HEAD(TM_DER_SEQUENCE, key_head, curve_oid),
    .key_head = HEAD(TM_DER_OID, key_oid, key_oid),
    .key_oid = TM_OID_EC_PUBLIC_KEY,
    .curve_head = HEAD(TM_DER_OID, curve_oid, curve_oid),
    .curve_oid = TM_OID_SECP256K1,
    .bits = {TM_DER_BIT_STRING, 66, 0, UNCOMPRESSED},
    .attributes = HEAD(CONTEXT_0, request, digest),
    .request = HEAD(TM_DER_SEQUENCE, request_head, digest),
    .request_head = HEAD(TM_DER_OID, request_oid, request_oid),
    .request_oid = TM_OID_EXTENSION_REQUEST,
    .set = HEAD(TM_DER_SET, extensions, digest),
    .extensions = HEAD(TM_DER_SEQUENCE, extension, digest),
    .extension = HEAD(TM_DER_SEQUENCE, birth_head, digest),
    .birth_head = HEAD(TM_DER_OID, birth_oid, birth_oid),
    .birth_oid = TM_OID_TOUCHMARK_BIRTH,
    .value = HEAD(TM_DER_OCTET_STRING, birth, digest),
    .birth = HEAD(TM_DER_SEQUENCE, nonce_head, digest),
    .nonce_head = HEAD(TM_DER_OCTET_STRING, nonce, nonce),
    .birth_chip_head = HEAD(TM_DER_OCTET_STRING, birth_chip, birth_chip),
    .digest_head = HEAD(TM_DER_OCTET_STRING, digest, digest),
};

static void put_hex(const uint8_t *bytes, size_t len, uint8_t *to) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        to[2 * i] = (uint8_t)digits[bytes[i] >> 4];
        to[2 * i + 1] = (uint8_t)digits[bytes[i] & 15];
    }
}

tm_error tm_csr_info(const tm_csr_body *body, uint8_t info[TM_CSR_INFO_BYTES], uint8_t digest[32]) {
    csr_template filled = TEMPLATE;
    put_hex(body->chip_id, sizeof body->chip_id, filled.chip);
    TM_TRY(tm_public_key_expand(body->public_key, filled.point));
    memcpy(filled.nonce, body->nonce, sizeof filled.nonce);
    memcpy(filled.birth_chip, body->chip_id, sizeof filled.birth_chip);
    memcpy(filled.digest, body->firmware_digest, sizeof filled.digest);
    memcpy(info, &filled, sizeof filled);
    tm_sha256(info, sizeof filled, digest);
    return TM_OK;
}

// Minimal and not negative.
static size_t put_integer(const uint8_t magnitude[32], uint8_t *to) {
    size_t skip = 0;
    while (skip < 31 && magnitude[skip] == 0) skip++;
    const size_t sign = magnitude[skip] >> 7;
    const size_t len = 32 - skip + sign;
    to[0] = TM_DER_INTEGER;
    to[1] = (uint8_t)len;
    to[2] = 0;
    memcpy(to + 2 + sign, magnitude + skip, 32 - skip);
    return 2 + len;
}

tm_bytes tm_csr_encode(const uint8_t info[TM_CSR_INFO_BYTES], const uint8_t signature[64],
                       uint8_t csr[TM_LIMIT_CSR_BYTES]) {
    static const uint8_t algorithm[] = TM_OID_ECDSA_WITH_SHA256;
    uint8_t values[2 * 35];
    size_t values_len = put_integer(signature, values);
    values_len += put_integer(signature + 32, values + values_len);
    const size_t algorithm_len = 4 + sizeof algorithm;
    const size_t bits_len = 5 + values_len;
    const size_t content = TM_CSR_INFO_BYTES + algorithm_len + bits_len;
    const uint8_t head[] = {TM_DER_SEQUENCE, 0x82, (uint8_t)(content >> 8), (uint8_t)content};
    const uint8_t algorithm_head[] = {TM_DER_SEQUENCE, 2 + sizeof algorithm, TM_DER_OID, sizeof algorithm};
    const uint8_t bits_head[] = {TM_DER_BIT_STRING, (uint8_t)(3 + values_len), 0, TM_DER_SEQUENCE,
                                 (uint8_t)values_len};
    const tm_bytes parts[] = {
        {head, sizeof head},           {info, TM_CSR_INFO_BYTES},      {algorithm_head, sizeof algorithm_head},
        {algorithm, sizeof algorithm}, {bits_head, sizeof bits_head}, {values, values_len},
    };
    size_t len = 0;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        memcpy(csr + len, parts[i].ptr, parts[i].len);
        len += parts[i].len;
    }
    return tm_bytes_of(csr, len);
}
