// SPDX-License-Identifier: Apache-2.0
#include "x509.h"

#include "der_build.h"
#include "ecdsa.h"
#include "sha256.h"

// A certificate in pieces, each to be replaced by a test. Whatever the pieces are, the signature over them is right.
typedef struct {
    tm_bytes version, serial, algorithm, issuer, validity, subject, key, unique_id, outer_algorithm, behind;
    tm_bytes extension[20];
    int extensions;
    uint8_t signer[32];  // secret
} pieces;

enum { ROOT = 1, LINE, DEVICE, OTA };  // secrets, too

static void secret_of(int who, uint8_t secret[32]) {
    memset(secret, who, 32);
}

static void key_of(int who, uint8_t key[33]) {
    uint8_t secret[32];
    secret_of(who, secret);
    tm_public_key(secret, key);
}

static tm_bytes point_of(int who) {
    uint8_t key[33], *point = malloc(65);
    key_of(who, key);
    point[0] = 0x04;
    tm_public_key_expand(key, point + 1);
    return tm_bytes_of(point, 65);
}

static tm_bytes key_id(int who) {
    uint8_t *digest = malloc(32);
    tm_sha256(point_of(who).ptr, 65, digest);
    return tm_bytes_of(digest, 20);
}

static tm_bytes key_info(tm_bytes algorithm, tm_bytes point) {
    return SEQUENCE(algorithm, der_bits(point));
}

static tm_bytes named_curve(void) {
    return SEQUENCE(OID(EC_PUBLIC_KEY), OID(SECP256K1));
}

static tm_bytes rdn(tm_bytes oid, uint8_t tag, const char *value) {
    return der(TM_DER_SET, SEQUENCE(oid, der(tag, text(value))));
}

static tm_bytes organization(void) {
    return rdn(OID(ORGANIZATION_NAME), TM_DER_UTF8_STRING, "FAKE Maker");
}

static tm_bytes name(const char *common_name) {
    return SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING, common_name));
}

static tm_bytes device_name(const char *serial) {
    return SEQUENCE(organization(), rdn(OID(SERIAL_NUMBER), TM_DER_PRINTABLE_STRING, serial));
}

static tm_bytes validity(const char *from, const char *until) {
    const uint8_t tag = strlen(until) == 13 ? TM_DER_UTC_TIME : TM_DER_GENERALIZED_TIME;
    return SEQUENCE(der(TM_DER_UTC_TIME, text(from)), der(tag, text(until)));
}

static tm_bytes extension(tm_bytes oid, bool critical, tm_bytes value) {
    return SEQUENCE(oid, critical ? hex("0101ff") : nothing(), der(TM_DER_OCTET_STRING, value));
}

static tm_bytes constraints(const char *value) {
    return extension(OID(BASIC_CONSTRAINTS), true, hex(value));
}

static tm_bytes usage(const char *value) {
    return extension(OID(KEY_USAGE), true, hex(value));
}

static tm_bytes purpose(tm_bytes purposes) {
    return extension(OID(EXTENDED_KEY_USAGE), true, der(TM_DER_SEQUENCE, purposes));
}

static tm_bytes manufacturer(const char *chain_and_id, const char *model) {
    const tm_bytes model_string = model == NULL ? nothing() : der(TM_DER_UTF8_STRING, text(model));
    return extension(OID(TOUCHMARK_MANUFACTURER), false, SEQUENCE(hex(chain_and_id), model_string));
}

static tm_bytes uri(const char *chain) {
    uint8_t key[33], address[20];
    char line[80] = "ethereum:0x";
    key_of(DEVICE, key);
    tm_address(key, address);
    for (int i = 0; i < 20; i++) sprintf(line + 11 + 2 * i, "%02x", address[i]);
    char *kept = strdup(strcat(strcat(line, "@"), chain));
    return extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(TM_DER_CONTEXT | 6, text(kept))));
}

static tm_bytes subject_id(int who) {
    return extension(OID(SUBJECT_KEY_IDENTIFIER), false, der(TM_DER_OCTET_STRING, key_id(who)));
}

static tm_bytes authority_id(int who) {
    return extension(OID(AUTHORITY_KEY_IDENTIFIER), false, SEQUENCE(der(TM_DER_CONTEXT | 0, key_id(who))));
}

#define CHAIN_AND_ID "02020089" "02012a"  // 137, 42

static pieces plain(int who, int issuer, const char *issuer_name, tm_bytes subject) {
    pieces p = {.version = hex("a003020102"), .serial = hex("020801020304050607 08"),
                .algorithm = SEQUENCE(OID(ECDSA_WITH_SHA256)), .outer_algorithm = SEQUENCE(OID(ECDSA_WITH_SHA256)),
                .issuer = name(issuer_name), .subject = subject, .validity = validity("240101000000Z", "281231235959Z"),
                .key = key_info(named_curve(), point_of(who))};
    secret_of(issuer, p.signer);
    return p;
}

static void add(pieces *p, tm_bytes e) {
    p->extension[p->extensions++] = e;
}

static pieces root(void) {
    pieces p = plain(ROOT, ROOT, "root", name("root"));
    add(&p, constraints("30060101ff020101")), add(&p, usage("03020106"));
    add(&p, manufacturer(CHAIN_AND_ID, NULL)), add(&p, subject_id(ROOT));
    return p;
}

static pieces line(void) {
    pieces p = plain(LINE, ROOT, "root", name("line 1"));
    add(&p, constraints("30060101ff020100")), add(&p, usage("03020204"));
    add(&p, manufacturer(CHAIN_AND_ID, NULL)), add(&p, subject_id(LINE)), add(&p, authority_id(ROOT));
    return p;
}

static pieces ota(void) {
    pieces p = plain(OTA, ROOT, "root", name("ota"));
    add(&p, constraints("3000")), add(&p, usage("03020780")), add(&p, purpose(OID(TOUCHMARK_OTA_PURPOSE)));
    add(&p, manufacturer(CHAIN_AND_ID, NULL)), add(&p, subject_id(OTA)), add(&p, authority_id(ROOT));
    return p;
}

static pieces device(void) {
    pieces p = plain(DEVICE, LINE, "line 1", device_name("SN-0001"));
    p.validity = validity("240101000000Z", "99991231235959Z");
    add(&p, constraints("3000")), add(&p, usage("03020780")), add(&p, manufacturer(CHAIN_AND_ID, "M1"));
    add(&p, uri("137")), add(&p, subject_id(DEVICE)), add(&p, authority_id(LINE));
    return p;
}

enum { AT_CONSTRAINTS, AT_USAGE, AT_OTA_PURPOSE, AT_MANUFACTURER = 2, AT_OTA_MANUFACTURER, AT_URI = 3, AT_OTA_SKI, AT_OTA_AKI };

static tm_bytes signature_of(tm_bytes tbs, const uint8_t secret[32]) {
    uint8_t digest[32], rs[64];
    tm_sha256(tbs.ptr, tbs.len, digest);
    tm_ecdsa_sign(secret, digest, NULL, rs);
    return SEQUENCE(der_integer(tm_bytes_of(rs, 32)), der_integer(tm_bytes_of(rs + 32, 32)));
}

static tm_bytes body(const pieces *p) {
    const tm_bytes list = der(TM_DER_CONTEXT_CONSTRUCTED | 3, der(TM_DER_SEQUENCE, join_parts(p->extension, (size_t)p->extensions)));
    return SEQUENCE(p->version, p->serial, p->algorithm, p->issuer, p->validity, p->subject, p->key, p->unique_id, list);
}

static tm_bytes build(pieces p) {
    const tm_bytes tbs = body(&p);
    return SEQUENCE(tbs, p.outer_algorithm, der_bits(signature_of(tbs, p.signer)), p.behind);
}

// -- judging ----------------------------------------------------------------------------------------

static tm_error judge(tm_bytes encoded, int role, tm_certificate *out) {
    static tm_error (*const CHECKS[])(const tm_certificate *) = {
        [ROOT] = tm_x509_check_root, [LINE] = tm_x509_check_line, [DEVICE] = tm_x509_check_device, [OTA] = tm_x509_check_ota};
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

static void expect(pieces p, int role, tm_error expected, const char *title) {
    tm_certificate out;
    ok_error(judge(build(p), role, &out), expected, title);
}

// An OTA certificate with one piece changed: WITH(version, hex("..."), ERROR, title).
#define WITH(piece, value, expected, title)     \
    do {                                        \
        pieces p = ota();                       \
        p.piece = value;                        \
        expect(p, OTA, expected, title);        \
    } while (0)

static void good(void) {
    tm_certificate c;
    uint8_t key[33];
    ok_error(judge(build(root()), ROOT, &c), TM_OK, "a root");
    ok(c.is_ca && c.path_length == 1 && c.chain_id == 137 && c.manufacturer_id == 42, "what a root says");
    ok_error(judge(build(line()), LINE, &c), TM_OK, "a line");
    ok_error(judge(build(ota()), OTA, &c), TM_OK, "an OTA signer");
    key_of(OTA, key);
    ok(memcmp(c.public_key, key, 33) == 0 && c.is_ota && !c.is_ca && c.not_before == 1704067200 &&
           c.not_after == 1861919999 && c.serial.len == 8,
       "what an OTA signer says");
    ok_error(judge(build(device()), DEVICE, &c), TM_OK, "a device");
    ok(tm_bytes_equal(c.subject.serial_number, text("SN-0001")) && tm_bytes_equal(c.hardware_model, text("M1")) &&
           c.address_chain_id == 137 && c.not_after == 253402300799,
       "what a device says");
    pieces p = ota();
    p.extension[AT_CONSTRAINTS] = nothing();
    expect(p, OTA, TM_OK, "a leaf may leave basicConstraints out");
    p = root();
    add(&p, authority_id(ROOT));
    expect(p, ROOT, TM_OK, "a root may name itself as authority");
    p = ota();
    const tm_bytes first = p.extension[0];
    p.extension[0] = p.extension[5], p.extension[5] = first;
    expect(p, OTA, TM_OK, "extensions may come in any order");
    p = ota();
    add(&p, extension(hex("06052b06010401"), false, hex("0500")));
    expect(p, OTA, TM_OK, "an unknown extension of others that is not critical is skipped");
}

static void form(void) {
    const tm_error der_error = TM_ERROR_DER_MALFORMED, profile = TM_ERROR_CERT_PROFILE;
    WITH(version, nothing(), profile, "B2 version 1 is refused");
    WITH(version, hex("a003020101"), profile, "B2 version 2 is refused");
    WITH(version, hex("a00402020002"), der_error, "B9 a padded version is refused");
    WITH(serial, hex("020100"), TM_ERROR_CERT_SERIAL, "B5 serial 0 is refused");
    WITH(serial, hex("0208ff02030405060708"), TM_ERROR_CERT_SERIAL, "B5 a negative serial is refused");
    WITH(serial, hex("020701020304050607"), TM_ERROR_CERT_SERIAL, "B5 a serial of 7 bytes is refused");
    WITH(serial, hex("02150102030405060708090a0b0c0d0e0f101112131415"), TM_ERROR_CERT_SERIAL, "B5 a serial of 21 bytes is refused");
    WITH(serial, hex("02140102030405060708090a0b0c0d0e0f1011121314"), TM_OK, "B5 a serial of 20 bytes is read");
    WITH(serial, hex("02090001020304050607 08"), der_error, "B9 a padded serial is refused");
    WITH(unique_id, hex("81020001"), profile, "B2 a unique identifier is refused");
    WITH(behind, hex("0500"), der_error, "B9 bytes behind the signature are refused");
    WITH(validity, validity("281231235959Z", "240101000000Z"), profile, "B6 an end before the beginning is refused");
    WITH(validity, validity("240101000000Z", "240101000000Z"), TM_OK, "B6 a validity of one second is read");
    WITH(validity, validity("240101000000Z", "20491231235959Z"), profile, "B6 GeneralizedTime before 2050 is refused");
    WITH(validity, validity("240132000000Z", "281231235959Z"), der_error, "B6 a day that is none is refused");

    pieces p = ota();
    tm_certificate out;
    const tm_bytes encoded = build(p);
    bool cut = true;
    for (size_t len = 0; len < encoded.len; len++) {
        uint8_t *part = malloc(len + (len == 0));
        memcpy(part, encoded.ptr, len);
        cut = cut && tm_x509_parse(tm_bytes_of(part, len), &out) == der_error;
        free(part);
    }
    ok(cut, "D7 a certificate cut anywhere is refused");
    ok_error(tm_x509_parse(JOIN(encoded, hex("00")), &out), der_error, "B9 a byte behind the certificate is refused");
    uint8_t *flipped = malloc(encoded.len);
    int accepted = 0;
    for (size_t bit = 0; bit < 8 * encoded.len; bit++) {
        memcpy(flipped, encoded.ptr, encoded.len);
        flipped[bit / 8] ^= (uint8_t)(1u << bit % 8);
        accepted += judge(tm_bytes_of(flipped, encoded.len), OTA, &out) == TM_OK;
    }
    ok(accepted == 0, "D8 no flipped bit of a certificate is accepted");

    char large[1000];
    memset(large, 'x', sizeof large - 1), large[999] = '\0';
    p = ota();
    add(&p, extension(hex("06052b06010401"), false, text(large)));
    expect(p, OTA, profile, "D6 more than 1,024 bytes are refused");
}

static void algorithms(void) {
    const tm_error algorithm = TM_ERROR_CERT_ALGORITHM;
    const tm_bytes sha384 = SEQUENCE(hex("06082a8648ce3d040303"));
    const tm_bytes with_null = SEQUENCE(OID(ECDSA_WITH_SHA256), hex("0500"));
    WITH(algorithm, sha384, algorithm, "B10 another inner algorithm is refused");
    WITH(outer_algorithm, sha384, algorithm, "B10 another outer algorithm is refused");
    WITH(algorithm, with_null, algorithm, "B10 parameters of the inner algorithm are refused");
    WITH(outer_algorithm, with_null, algorithm, "B10 parameters of the outer algorithm are refused");
    const tm_bytes p256 = SEQUENCE(OID(EC_PUBLIC_KEY), hex("06082a8648ce3d030107"));
    WITH(key, key_info(p256, point_of(OTA)), algorithm, "B8 another curve is refused");
    const tm_bytes explicit_curve = SEQUENCE(OID(EC_PUBLIC_KEY), SEQUENCE(hex("020101")));
    WITH(key, key_info(explicit_curve, point_of(OTA)), algorithm, "B8 explicit curve parameters are refused");
    const tm_bytes implicit_curve = SEQUENCE(OID(EC_PUBLIC_KEY), hex("0500"));
    WITH(key, key_info(implicit_curve, point_of(OTA)), algorithm, "B8 an implicit curve is refused");
    const tm_bytes longer = SEQUENCE(OID(EC_PUBLIC_KEY), OID(SECP256K1), hex("0500"));
    WITH(key, key_info(longer, point_of(OTA)), algorithm, "B8 more parameters are refused");

    uint8_t key[33];
    key_of(OTA, key);
    WITH(key, key_info(named_curve(), tm_bytes_of(key, 33)), TM_ERROR_PUBLIC_KEY_INVALID, "B13 a compressed point is refused");
    const tm_bytes off_curve = JOIN(tm_bytes_of(point_of(OTA).ptr, 64), hex("00"));
    WITH(key, key_info(named_curve(), off_curve), TM_ERROR_PUBLIC_KEY_INVALID, "B13 a point off the curve is refused");
    WITH(key, key_info(named_curve(), hex("00")), TM_ERROR_PUBLIC_KEY_INVALID, "B13 the point at infinity is refused");
}

static void names(void) {
    const tm_error profile = TM_ERROR_CERT_PROFILE;
    const tm_bytes common = rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING, "ota");
    WITH(subject, SEQUENCE(common), profile, "B2 a name of one attribute is refused");
    WITH(subject, SEQUENCE(organization(), common, common), profile, "B2 a name of three attributes is refused");
    WITH(subject, SEQUENCE(common, organization()), profile, "B2 attributes in another order are refused");
    WITH(subject, SEQUENCE(organization(), rdn(hex("0603550406"), TM_DER_PRINTABLE_STRING, "US")), profile,
         "B2 another attribute is refused");
    WITH(subject, SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_PRINTABLE_STRING, "ota")), profile,
         "B2 another string type is refused");
    WITH(subject, SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING, "")), profile, "B2 an empty value is refused");
    WITH(subject, SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING,
                                              "a name of more than sixty-four bytes, which is what RFC 5280 allows here")),
         profile, "B2 a value above 64 bytes is refused");
    WITH(subject, SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING, "\xc3(")), TM_ERROR_DER_MALFORMED,
         "B9 a value that is not UTF-8 is refused");
    WITH(subject, device_name("SN 1"), profile, "B2 a device's name on an OTA signer is refused");
    pieces p = device();
    p.subject = name("SN-0001");
    expect(p, DEVICE, profile, "B2 an issuer's name on a device is refused");
    p = device();
    p.subject = device_name("SN*1");
    expect(p, DEVICE, TM_ERROR_DER_MALFORMED, "B9 a character that PrintableString lacks is refused");
}

static pieces ota_with(int at, tm_bytes e) {
    pieces p = ota();
    p.extension[at] = e;
    return p;
}

static pieces device_with(int at, tm_bytes e) {
    pieces p = device();
    p.extension[at] = e;
    return p;
}

static void usages(void) {
    const tm_error not_for_this = TM_ERROR_CERT_USAGE, profile = TM_ERROR_CERT_PROFILE;
    expect(ota_with(AT_CONSTRAINTS, constraints("30030101ff")), OTA, not_for_this, "B2 a leaf that is a CA is refused");
    expect(ota_with(AT_USAGE, usage("03020204")), OTA, not_for_this, "B2 a leaf with keyCertSign is refused");
    expect(ota_with(AT_USAGE, usage("03020284")), OTA, not_for_this, "B2 a leaf with keyCertSign beside is refused");
    expect(ota_with(AT_USAGE, usage("030100")), OTA, not_for_this, "B2 a key usage of nothing is refused");
    expect(ota_with(AT_USAGE, nothing()), OTA, profile, "B2 a missing key usage is refused");
    expect(ota_with(AT_OTA_PURPOSE, nothing()), OTA, not_for_this, "B2 an OTA signer without the purpose is refused");
    const tm_bytes server = hex("06082b06010505070301");
    expect(ota_with(AT_OTA_PURPOSE, purpose(server)), OTA, not_for_this, "B2 another purpose is refused");
    expect(ota_with(AT_OTA_PURPOSE, purpose(JOIN(OID(TOUCHMARK_OTA_PURPOSE), server))), OTA, not_for_this,
           "B2 the OTA purpose and another is refused");
    expect(ota_with(AT_OTA_PURPOSE, purpose(nothing())), OTA, TM_ERROR_DER_MALFORMED, "B9 no purpose is refused");
    pieces p = line();
    add(&p, purpose(OID(TOUCHMARK_OTA_PURPOSE)));
    expect(p, LINE, not_for_this, "B2 a line with the OTA purpose is refused");
    p = device();
    add(&p, purpose(OID(TOUCHMARK_OTA_PURPOSE)));
    expect(p, DEVICE, not_for_this, "B2 a device with the OTA purpose is refused");
    p = line();
    p.extension[AT_CONSTRAINTS] = nothing();
    expect(p, LINE, not_for_this, "B2 an issuer without basicConstraints is refused");
    p.extension[AT_CONSTRAINTS] = constraints("3000");
    expect(p, LINE, not_for_this, "B2 an issuer that is no CA is refused");
    expect(line(), OTA, not_for_this, "B2 a line in an OTA signer's place is refused");
    expect(root(), LINE, TM_ERROR_CERT_PATH_LENGTH, "B3 a root in a line's place is refused");
    p = line();
    p.extension[AT_CONSTRAINTS] = constraints("30030101ff");
    expect(p, LINE, TM_ERROR_CERT_PATH_LENGTH, "B3 a line without path length is refused");
    p.extension[AT_CONSTRAINTS] = constraints("30060101ff020101");
    expect(p, LINE, TM_ERROR_CERT_PATH_LENGTH, "B3 a line with path length 1 is refused");
    p = root();
    p.extension[AT_CONSTRAINTS] = constraints("30070101ff02020101");
    expect(p, ROOT, TM_ERROR_CERT_PATH_LENGTH, "B3 D22 path length 257 is not 1");
    expect(ota_with(AT_CONSTRAINTS, constraints("3003020100")), OTA, profile, "B3 a path length without cA is refused");
    expect(ota_with(AT_CONSTRAINTS, constraints("3003010100")), OTA, TM_ERROR_DER_MALFORMED, "B9 cA FALSE written out is refused");
    expect(ota_with(AT_CONSTRAINTS, constraints("300101")), OTA, TM_ERROR_DER_MALFORMED, "B9 constraints cut off are refused");
}

static void extensions(void) {
    const tm_error profile = TM_ERROR_CERT_PROFILE, der_error = TM_ERROR_DER_MALFORMED;
    pieces p = ota();
    add(&p, extension(hex("06052b06010401"), true, hex("0500")));
    expect(p, OTA, TM_ERROR_CERT_CRITICAL_EXTENSION, "B7 an unknown critical extension is refused");
    p = ota();
    add(&p, extension(hex("0603551d1e"), true, hex("3000")));
    expect(p, OTA, TM_ERROR_CERT_CRITICAL_EXTENSION, "B4 name constraints are refused");
    p = ota();
    add(&p, extension(hex("0603551d1e"), false, hex("3000")));
    expect(p, OTA, profile, "B7 another of PKIX's own extensions is refused, also where not critical");
    p = ota();
    add(&p, extension(hex("06082b06010505070101"), false, hex("3000")));
    expect(p, OTA, profile, "B7 one of PKIX's private extensions is refused");
    p = ota();
    add(&p, p.extension[AT_USAGE]);
    expect(p, OTA, profile, "B7 an extension twice is refused");
    p = ota();
    for (uint8_t i = 0; p.extensions < 16; i++) {
        const uint8_t oid[] = {0x06, 0x05, 0x2b, 0x06, 0x01, 0x04, i};
        add(&p, extension(JOIN(tm_bytes_of(oid, sizeof oid)), false, nothing()));
    }
    expect(p, OTA, TM_OK, "16 extensions are read");
    add(&p, extension(hex("06052b06010501"), false, nothing()));
    expect(p, OTA, profile, "D22 17 extensions are refused");
    p = ota();
    p.extensions = 0;
    expect(p, OTA, der_error, "B9 no extension at all is refused");
    p = ota();
    add(&p, SEQUENCE(hex("06052b06010401"), hex("010100"), hex("0400")));
    expect(p, OTA, der_error, "B9 critical FALSE written out is refused");
    p = ota();
    add(&p, SEQUENCE(hex("06052b06010401"), hex("0400"), hex("0500")));
    expect(p, OTA, der_error, "B9 bytes behind an extension's value are refused");

    expect(ota_with(AT_USAGE, extension(OID(KEY_USAGE), false, hex("03020780"))), OTA, profile, "B2 key usage that is not critical is refused");
    expect(ota_with(AT_OTA_SKI, extension(OID(SUBJECT_KEY_IDENTIFIER), true, der(4, key_id(OTA)))), OTA, profile,
           "B2 a critical key identifier is refused");
    expect(ota_with(AT_OTA_SKI, nothing()), OTA, profile, "B2 a missing subject key identifier is refused");
    expect(ota_with(AT_OTA_AKI, nothing()), OTA, profile, "B2 a missing authority key identifier is refused");
    expect(ota_with(AT_OTA_SKI, extension(OID(SUBJECT_KEY_IDENTIFIER), false, hex("0401aa"))), OTA, profile,
           "B2 a key identifier of one byte is refused");
    expect(ota_with(AT_OTA_AKI, extension(OID(AUTHORITY_KEY_IDENTIFIER), false, SEQUENCE(der(0x80, key_id(ROOT)), hex("820101")))),
           OTA, der_error, "B2 an authority key identifier with more than the identifier is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, nothing()), OTA, profile, "B2 a missing manufacturer is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("020100" "02012a", NULL)), OTA, profile, "B2 chain id 0 is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("020101" "020100", NULL)), OTA, profile, "B2 ManufacturerID 0 is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("020101" "0209010000000000000000", NULL)), OTA, der_error,
           "D22 ManufacturerID 2^64 is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer(CHAIN_AND_ID "0500", NULL)), OTA, der_error,
           "B9 something else behind the ManufacturerID is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer(CHAIN_AND_ID, "M1")), OTA, profile, "B2 a hardware model on an OTA signer is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, NULL)), DEVICE, profile, "B2 a device without hardware model is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, "")), DEVICE, profile, "B2 an empty hardware model is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, "a model of more than thirty-two bytes")), DEVICE, profile,
           "B2 a hardware model above 32 bytes is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, "\xff")), DEVICE, der_error, "B9 a hardware model that is not UTF-8 is refused");

    expect(device_with(AT_URI, nothing()), DEVICE, profile, "B2 a device without address is refused");
    expect(device_with(AT_URI, uri("138")), DEVICE, profile, "B2 an address on another chain is refused");
    const char *other = "ethereum:0x7e5f4552091a69125d5dfcb7b8c2659029395bdf@137";
    expect(device_with(AT_URI, extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(0x86, text(other))))), DEVICE, profile,
           "B2 an address that is not the key's is refused");
    expect(device_with(AT_URI, extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(0x82, text("example.org"))))), DEVICE, profile,
           "B2 another kind of name is refused");
    expect(device_with(AT_URI, extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(0x86, text(other)), der(0x82, text("x"))))),
           DEVICE, profile, "B2 a second name is refused");
    p = ota();
    add(&p, uri("137"));
    expect(p, OTA, profile, "B2 an address on an OTA signer is refused");
}

static void links(void) {
    pieces p = ota();
    p.issuer = name("another root");
    expect(p, OTA, TM_ERROR_CERT_ISSUER, "B11 another issuer's name is refused");
    expect(ota_with(AT_OTA_AKI, authority_id(LINE)), OTA, TM_ERROR_CERT_ISSUER, "B11 another authority key identifier is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("020105" "02012a", NULL)), OTA, TM_ERROR_CERT_MANUFACTURER,
           "D15 another chain id is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("02020089" "02012b", NULL)), OTA, TM_ERROR_CERT_MANUFACTURER,
           "C7 another ManufacturerID is refused");
    p = ota();
    secret_of(LINE, p.signer);
    expect(p, OTA, TM_ERROR_CERT_SIGNATURE, "B1 a certificate that a line signed in the root's name is refused");

    tm_certificate c;
    const tm_bytes tbs = body(&(pieces[]){ota()}[0]);
    const tm_bytes order = hex("00fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    const tm_bytes one = hex("020101");
    const tm_bytes algorithm = SEQUENCE(OID(ECDSA_WITH_SHA256));
    const tm_error range = TM_ERROR_SIGNATURE_RANGE;
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(der(2, order), one))), OTA, &c), range, "B14 r of the group order is refused");
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(hex("020100"), one))), OTA, &c), range, "B14 r of 0 is refused");
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(hex("0201ff"), one))), OTA, &c), range, "B14 a negative r is refused");
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(one, der(2, JOIN(hex("01"), order))))), OTA, &c), range,
             "B14 an s of 34 bytes is refused");
    const tm_bytes high = hex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1");
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(one, der(2, high)))), OTA, &c), TM_ERROR_SIGNATURE_HIGH_S,
             "D18 a high s is refused");
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(one, one, one))), OTA, &c), TM_ERROR_DER_MALFORMED,
             "B9 a third number in the signature is refused");

    judge(build(ota()), OTA, &c);
    ok_error(tm_x509_check_time(&c, 1704067200), TM_OK, "B6 in force from its first second");
    ok_error(tm_x509_check_time(&c, 1704067199), TM_ERROR_CERT_NOT_IN_FORCE, "B6 not one second earlier");
    ok_error(tm_x509_check_time(&c, 1861919999), TM_OK, "B6 in force until its last second");
    ok_error(tm_x509_check_time(&c, 1861920000), TM_ERROR_CERT_NOT_IN_FORCE, "B6 not one second later");
    ok_error(tm_x509_check_time(&c, UINT64_MAX), TM_ERROR_CERT_NOT_IN_FORCE, "D22 nor at 2^64 - 1");
}

int main(void) {
    good();
    form();
    algorithms();
    names();
    usages();
    extensions();
    links();
    return done();
}
