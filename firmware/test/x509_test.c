// SPDX-License-Identifier: Apache-2.0
// The form of certificates: tm_x509_parse.
#include "x509_build.h"

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

// Signatures differ by a byte or two in length: two fillings are enough to meet any size.
static tm_bytes of_size(size_t size) {
    for (int filling = 'x'; filling <= 'z'; filling++) {
        for (size_t len = 250; len < 700; len++) {
            uint8_t large[700];
            memset(large, filling, len);
            pieces p = ota();
            add(&p, extension(hex("06052b06010401"), false, tm_bytes_of(large, len)));
            const tm_bytes encoded = build(p);
            if (encoded.len == size) return encoded;
        }
    }
    return nothing();
}

static void form(void) {
    const tm_error der_error = TM_ERROR_DER_MALFORMED, profile = TM_ERROR_CERT_PROFILE;
    WITH(version, nothing(), profile, "B2 version 1 is refused");
    WITH(version, hex("a003020101"), profile, "B2 version 2 is refused");
    WITH(version, hex("a00402020002"), der_error, "B9 a padded version is refused");
    WITH(serial, hex("020100"), TM_ERROR_CERT_SERIAL, "B5 serial 0 is refused");
    WITH(serial, hex("0208ff02030405060708"), TM_ERROR_CERT_SERIAL, "B5 a negative serial is refused");
    WITH(serial, hex("020701020304050607"), TM_ERROR_CERT_SERIAL, "B5 a serial of 7 bytes is refused");
    WITH(serial, hex("02150102030405060708090a0b0c0d0e0f101112131415"), TM_ERROR_CERT_SERIAL,
         "B5 a serial of 21 bytes is refused");
    WITH(serial, hex("02140102030405060708090a0b0c0d0e0f1011121314"), TM_OK, "B5 a serial of 20 bytes is read");
    WITH(serial, hex("02090001020304050607 08"), der_error, "B9 a padded serial is refused");
    WITH(serial, hex("02088002030405060708"), TM_ERROR_CERT_SERIAL, "B5 a serial whose first bit is set is refused");
    WITH(version, hex("a0050201020500"), der_error, "B9 something behind the version is refused");
    WITH(unique_id, hex("81020001"), profile, "B2 a unique identifier is refused");
    WITH(behind, hex("0500"), der_error, "B9 bytes behind the signature are refused");
    WITH(validity, validity("281231235959Z", "240101000000Z"), profile, "B6 an end before the beginning is refused");
    WITH(validity, validity("240101000000Z", "240101000000Z"), TM_OK, "B6 a validity of one second is read");
    WITH(validity, validity("240101000000Z", "20491231235959Z"), profile, "B6 GeneralizedTime before 2050 is refused");
    WITH(validity, validity("240132000000Z", "281231235959Z"), der_error, "B6 a day that is none is refused");

    WITH(
        validity,
        SEQUENCE(der(TM_DER_UTC_TIME, text("240101000000Z")), der(TM_DER_UTC_TIME, text("281231235959Z")), hex("0500")),
        der_error, "B9 something behind the validity is refused");
    WITH(key, SEQUENCE(named_curve(), der_bits(point_of(OTA)), hex("0500")), der_error,
         "B9 something behind the key is refused");

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

    ok_error(tm_x509_parse(of_size(1024), &out), TM_OK, "1,024 bytes are read");
    ok_error(tm_x509_parse(of_size(1025), &out), profile, "D6 1,025 bytes are refused");
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
    WITH(key, key_info(named_curve(), tm_bytes_of(key, 33)), TM_ERROR_PUBLIC_KEY_INVALID,
         "B13 a compressed point is refused");
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
    WITH(subject, SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING, "")), profile,
         "B2 an empty value is refused");
    WITH(subject,
         SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING,
                                      "a name of more than sixty-four bytes, which is what RFC 5280 allows here")),
         profile, "B2 a value above 64 bytes is refused");
    WITH(subject, SEQUENCE(organization(), rdn(OID(COMMON_NAME), TM_DER_UTF8_STRING, "\xc3(")), TM_ERROR_DER_MALFORMED,
         "B9 a value that is not UTF-8 is refused");
    WITH(subject,
         SEQUENCE(organization(), der(TM_DER_SET, SEQUENCE(OID(COMMON_NAME), der(12, text("ota")), hex("0500")))),
         TM_ERROR_DER_MALFORMED, "B9 something behind a value is refused");
    WITH(subject, name("o"), TM_OK, "a value of one byte is read");
    WITH(subject, name("sixty-four bytes, which is the most that RFC 5280 allows a name."), TM_OK,
         "a value of 64 bytes is read");
    WITH(issuer, device_name("SN 1"), profile, "B2 a device's name for an issuer is refused");
    WITH(subject, device_name("SN 1"), profile, "B2 a device's name on an OTA signer is refused");
    pieces p = device();
    p.subject = name("SN-0001");
    expect(p, DEVICE, profile, "B2 an issuer's name on a device is refused");
    p = device();
    p.subject = device_name("AZaz09 '()+,-./:=?");
    expect(p, DEVICE, TM_OK, "every kind of character that PrintableString has is read");
    p = device();
    p.subject = device_name("SN*1");
    expect(p, DEVICE, TM_ERROR_DER_MALFORMED, "B9 a character that PrintableString lacks is refused");
}

int main(void) {
    good();
    form();
    algorithms();
    names();
    return done();
}
