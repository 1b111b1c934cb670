// SPDX-License-Identifier: Apache-2.0
// Certificates of every column, right or with one piece changed, and the judgement of them.
#ifndef TM_X509_BUILD_H
#define TM_X509_BUILD_H

#include "der_build.h"
#include "ecdsa.h"
#include "sha256.h"
#include "x509.h"

// A certificate in pieces, each to be replaced by a test. Whatever the pieces are, the signature over them is right.
typedef struct {
    tm_bytes version, serial, algorithm, issuer, validity, subject, key, unique_id, outer_algorithm, behind;
    tm_bytes extension[20];
    int extensions;
    uint8_t signer[32];  // secret
} pieces;

enum { ROOT = 1, LINE, DEVICE, OTA };  // secrets, too

static inline void secret_of(int who, uint8_t secret[32]) {
    memset(secret, who, 32);
}

static inline void key_of(int who, uint8_t key[33]) {
    uint8_t secret[32];
    secret_of(who, secret);
    tm_public_key(secret, key);
}

static inline tm_bytes point_of(int who) {
    uint8_t key[33], *point = malloc(65);
    key_of(who, key);
    point[0] = 0x04;
    tm_public_key_expand(key, point + 1);
    return tm_bytes_of(point, 65);
}

static inline tm_bytes key_id(int who) {
    uint8_t *digest = malloc(32);
    tm_sha256(point_of(who).ptr, 65, digest);
    return tm_bytes_of(digest, 20);
}

static inline tm_bytes key_info(tm_bytes algorithm, tm_bytes point) {
    return SEQUENCE(algorithm, der_bits(point));
}

static inline tm_bytes named_curve(void) {
    return SEQUENCE(OID(EC_PUBLIC_KEY), OID(SECP256K1));
}

static inline tm_bytes rdn(tm_bytes oid, uint8_t tag, const char *value) {
    return der(TM_DER_SET, SEQUENCE(oid, der(tag, text(value))));
}

static inline tm_bytes organization(void) {
    return rdn(OID(ORGANIZATION_NAME), TM_DER_UTF8_STRING, "FAKE Maker");
}

static inline tm_bytes name(const char *common_name) {
    return SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING, common_name));
}

static inline tm_bytes device_name(const char *serial) {
    return SEQUENCE(organization(), rdn(OID(SERIAL_NUMBER), TM_DER_PRINTABLE_STRING, serial));
}

static inline tm_bytes validity(const char *from, const char *until) {
    const uint8_t tag = strlen(until) == 13 ? TM_DER_UTC_TIME : TM_DER_GENERALIZED_TIME;
    return SEQUENCE(der(TM_DER_UTC_TIME, text(from)), der(tag, text(until)));
}

static inline tm_bytes extension(tm_bytes oid, bool critical, tm_bytes value) {
    return SEQUENCE(oid, critical ? hex("0101ff") : nothing(), der(TM_DER_OCTET_STRING, value));
}

static inline tm_bytes constraints(const char *value) {
    return extension(OID(BASIC_CONSTRAINTS), true, hex(value));
}

static inline tm_bytes usage(const char *value) {
    return extension(OID(KEY_USAGE), true, hex(value));
}

static inline tm_bytes purpose(tm_bytes purposes) {
    return extension(OID(EXTENDED_KEY_USAGE), true, der(TM_DER_SEQUENCE, purposes));
}

static inline tm_bytes manufacturer(const char *chain_and_id, const char *model) {
    const tm_bytes model_string = model == NULL ? nothing() : der(TM_DER_UTF8_STRING, text(model));
    return extension(OID(TOUCHMARK_MANUFACTURER), false, SEQUENCE(hex(chain_and_id), model_string));
}

static const char *own_uri(const char *chain) {
    uint8_t key[33], address[20];
    char line[80] = "ethereum:0x";
    key_of(DEVICE, key);
    tm_address(key, address);
    for (int i = 0; i < 20; i++) sprintf(line + 11 + 2 * i, "%02x", address[i]);
    return strdup(strcat(strcat(line, "@"), chain));
}

static inline tm_bytes uri(const char *chain) {
    return extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(TM_DER_CONTEXT | 6, text(own_uri(chain)))));
}

static inline tm_bytes subject_id(int who) {
    return extension(OID(SUBJECT_KEY_IDENTIFIER), false, der(TM_DER_OCTET_STRING, key_id(who)));
}

static inline tm_bytes authority_id(int who) {
    return extension(OID(AUTHORITY_KEY_IDENTIFIER), false, SEQUENCE(der(TM_DER_CONTEXT | 0, key_id(who))));
}

#define CHAIN_AND_ID \
    "02020089"       \
    "02012a"  // 137, 42

static inline pieces plain(int who, int issuer, const char *issuer_name, tm_bytes subject) {
    pieces p = {.version = hex("a003020102"),
                .serial = hex("020801020304050607 08"),
                .algorithm = SEQUENCE(OID(ECDSA_WITH_SHA256)),
                .outer_algorithm = SEQUENCE(OID(ECDSA_WITH_SHA256)),
                .issuer = name(issuer_name),
                .subject = subject,
                .validity = validity("240101000000Z", "281231235959Z"),
                .key = key_info(named_curve(), point_of(who))};
    secret_of(issuer, p.signer);
    return p;
}

static inline void add(pieces *p, tm_bytes e) {
    p->extension[p->extensions++] = e;
}

static inline pieces root(void) {
    pieces p = plain(ROOT, ROOT, "root", name("root"));
    add(&p, constraints("30060101ff020101")), add(&p, usage("03020106"));
    add(&p, manufacturer(CHAIN_AND_ID, NULL)), add(&p, subject_id(ROOT));
    return p;
}

static inline pieces line(void) {
    pieces p = plain(LINE, ROOT, "root", name("line 1"));
    add(&p, constraints("30060101ff020100")), add(&p, usage("03020204"));
    add(&p, manufacturer(CHAIN_AND_ID, NULL)), add(&p, subject_id(LINE)), add(&p, authority_id(ROOT));
    return p;
}

static inline pieces ota(void) {
    pieces p = plain(OTA, ROOT, "root", name("ota"));
    add(&p, constraints("3000")), add(&p, usage("03020780")), add(&p, purpose(OID(TOUCHMARK_OTA_PURPOSE)));
    add(&p, manufacturer(CHAIN_AND_ID, NULL)), add(&p, subject_id(OTA)), add(&p, authority_id(ROOT));
    return p;
}

static inline pieces device(void) {
    pieces p = plain(DEVICE, LINE, "line 1", device_name("SN-0001"));
    p.validity = validity("240101000000Z", "99991231235959Z");
    add(&p, constraints("3000")), add(&p, usage("03020780")), add(&p, manufacturer(CHAIN_AND_ID, "M1"));
    add(&p, uri("137")), add(&p, subject_id(DEVICE)), add(&p, authority_id(LINE));
    return p;
}

enum {
    AT_CONSTRAINTS,
    AT_USAGE,
    AT_OTA_PURPOSE,
    AT_MANUFACTURER = 2,
    AT_OTA_MANUFACTURER,
    AT_URI = 3,
    AT_OTA_SKI,
    AT_OTA_AKI
};

static inline tm_bytes signature_of(tm_bytes tbs, const uint8_t secret[32]) {
    uint8_t digest[32], rs[64];
    tm_sha256(tbs.ptr, tbs.len, digest);
    tm_ecdsa_sign(secret, digest, NULL, rs);
    return SEQUENCE(der_integer(tm_bytes_of(rs, 32)), der_integer(tm_bytes_of(rs + 32, 32)));
}

static inline tm_bytes body(const pieces *p) {
    const tm_bytes list =
        der(TM_DER_CONTEXT_CONSTRUCTED | 3, der(TM_DER_SEQUENCE, join_parts(p->extension, (size_t)p->extensions)));
    return SEQUENCE(p->version, p->serial, p->algorithm, p->issuer, p->validity, p->subject, p->key, p->unique_id,
                    list);
}

static inline tm_bytes build(pieces p) {
    const tm_bytes tbs = body(&p);
    return SEQUENCE(tbs, p.outer_algorithm, der_bits(signature_of(tbs, p.signer)), p.behind);
}

// -- judging ----------------------------------------------------------------------------------------

static inline tm_error judge(tm_bytes encoded, int role, tm_certificate *out) {
    static tm_error (*const CHECKS[])(const tm_certificate *) = {[ROOT] = tm_x509_check_root,
                                                                 [LINE] = tm_x509_check_line,
                                                                 [DEVICE] = tm_x509_check_device,
                                                                 [OTA] = tm_x509_check_ota};
    TM_TRY(tm_x509_parse(encoded, out));
    TM_TRY(CHECKS[role](out));
    const int issuer = role == DEVICE ? LINE : ROOT;
    uint8_t key[33];
    tm_certificate parent;
    key_of(issuer, key);
    TM_TRY(tm_x509_parse(build(issuer == LINE ? line() : root()), &parent));
    TM_TRY(tm_x509_check_issued_by(out, &parent));
    return tm_x509_verify_signed_by(out, key);
}

static inline void expect(pieces p, int role, tm_error expected, const char *title) {
    tm_certificate out;
    ok_error(judge(build(p), role, &out), expected, title);
}

// An OTA certificate with one piece changed: WITH(version, hex("..."), ERROR, title).
#define WITH(piece, value, expected, title) \
    do {                                    \
        pieces p = ota();                   \
        p.piece = value;                    \
        expect(p, OTA, expected, title);    \
    } while (0)

static inline pieces ota_with(int at, tm_bytes e) {
    pieces p = ota();
    p.extension[at] = e;
    return p;
}

static inline pieces device_with(int at, tm_bytes e) {
    pieces p = device();
    p.extension[at] = e;
    return p;
}

#endif
