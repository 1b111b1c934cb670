// SPDX-License-Identifier: Apache-2.0
// Columns, extensions and links: tm_x509_check_..., tm_x509_verify_signed_by.
#include "x509_build.h"

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
    expect(ota_with(AT_CONSTRAINTS, constraints("3003010100")), OTA, TM_ERROR_DER_MALFORMED,
           "B9 cA FALSE written out is refused");
    p = root();
    p.extension[AT_CONSTRAINTS] = constraints("30080101ff0201010500");
    expect(p, ROOT, TM_ERROR_DER_MALFORMED, "B9 something behind the path length is refused");
    const tm_bytes two = JOIN(server, server), eight = JOIN(two, two, two, two);
    expect(ota_with(AT_OTA_PURPOSE, purpose(eight)), OTA, not_for_this, "eight purposes are read");
    expect(ota_with(AT_OTA_PURPOSE, purpose(JOIN(eight, server))), OTA, TM_ERROR_DER_MALFORMED,
           "D22 nine purposes are refused");
    expect(ota_with(AT_CONSTRAINTS, constraints("300101")), OTA, TM_ERROR_DER_MALFORMED,
           "B9 constraints cut off are refused");
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
    add(&p, extension(hex("0602551d"), false, hex("3000")));
    expect(p, OTA, TM_OK, "PKIX's arc itself names no extension of PKIX");
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

    expect(ota_with(AT_USAGE, extension(OID(KEY_USAGE), false, hex("03020780"))), OTA, profile,
           "B2 key usage that is not critical is refused");
    expect(ota_with(AT_OTA_SKI, extension(OID(SUBJECT_KEY_IDENTIFIER), true, der(4, key_id(OTA)))), OTA, profile,
           "B2 a critical key identifier is refused");
    expect(ota_with(AT_OTA_SKI, nothing()), OTA, profile, "B2 a missing subject key identifier is refused");
    expect(ota_with(AT_OTA_AKI, nothing()), OTA, profile, "B2 a missing authority key identifier is refused");
    expect(ota_with(AT_OTA_SKI, extension(OID(SUBJECT_KEY_IDENTIFIER), false, hex("0401aa"))), OTA, profile,
           "B2 a key identifier of one byte is refused");
    expect(ota_with(AT_OTA_AKI,
                    extension(OID(AUTHORITY_KEY_IDENTIFIER), false, SEQUENCE(der(0x80, key_id(ROOT)), hex("820101")))),
           OTA, der_error, "B2 an authority key identifier with more than the identifier is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, nothing()), OTA, profile, "B2 a missing manufacturer is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("020100"
                                                      "02012a",
                                                      NULL)),
           OTA, profile, "B2 chain id 0 is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("020101"
                                                      "020100",
                                                      NULL)),
           OTA, profile, "B2 ManufacturerID 0 is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("020101"
                                                      "0209010000000000000000",
                                                      NULL)),
           OTA, der_error, "D22 ManufacturerID 2^64 is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer(CHAIN_AND_ID "0500", NULL)), OTA, der_error,
           "B9 something else behind the ManufacturerID is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer(CHAIN_AND_ID, "M1")), OTA, profile,
           "B2 a hardware model on an OTA signer is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, NULL)), DEVICE, profile,
           "B2 a device without hardware model is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, "")), DEVICE, profile,
           "B2 an empty hardware model is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, "a model of more than thirty-two bytes")), DEVICE,
           profile, "B2 a hardware model above 32 bytes is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, "M")), DEVICE, TM_OK,
           "a hardware model of one byte is read");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, "a model of thirty-two bytes long")), DEVICE, TM_OK,
           "a hardware model of 32 bytes is read");
    expect(device_with(AT_MANUFACTURER, extension(OID(TOUCHMARK_MANUFACTURER), false,
                                                  SEQUENCE(hex(CHAIN_AND_ID), der(12, text("M1")), hex("0500")))),
           DEVICE, der_error, "B9 something behind the hardware model is refused");
    expect(device_with(AT_MANUFACTURER, manufacturer(CHAIN_AND_ID, "\xff")), DEVICE, der_error,
           "B9 a hardware model that is not UTF-8 is refused");

    expect(device_with(AT_URI, nothing()), DEVICE, profile, "B2 a device without address is refused");
    expect(device_with(AT_URI, uri("138")), DEVICE, profile, "B2 an address on another chain is refused");
    const char *other = "ethereum:0x7e5f4552091a69125d5dfcb7b8c2659029395bdf@137";
    expect(device_with(AT_URI, extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(0x86, text(other))))), DEVICE,
           profile, "B2 an address that is not the key's is refused");
    expect(device_with(AT_URI, extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(0x82, text("example.org"))))),
           DEVICE, profile, "B2 another kind of name is refused");
    const char *own = own_uri("137");
    expect(device_with(AT_URI, extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(0x86, text(own))))), DEVICE, TM_OK,
           "the key's own address is read");
    expect(device_with(AT_URI,
                       extension(OID(SUBJECT_ALT_NAME), false, SEQUENCE(der(0x86, text(own)), der(0x82, text("x"))))),
           DEVICE, profile, "B2 a second name is refused");
    p = ota();
    add(&p, uri("137"));
    expect(p, OTA, profile, "B2 an address on an OTA signer is refused");
}

static void links(void) {
    pieces p = ota();
    p.issuer = name("another root");
    expect(p, OTA, TM_ERROR_CERT_ISSUER, "another issuer's name is refused");
    expect(ota_with(AT_OTA_AKI, authority_id(LINE)), OTA, TM_ERROR_CERT_ISSUER,
           "another authority key identifier is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("020105"
                                                      "02012a",
                                                      NULL)),
           OTA, TM_ERROR_CERT_MANUFACTURER, "D15 another chain id is refused");
    expect(ota_with(AT_OTA_MANUFACTURER, manufacturer("02020089"
                                                      "02012b",
                                                      NULL)),
           OTA, TM_ERROR_CERT_MANUFACTURER, "C7 another ManufacturerID is refused");
    p = ota();
    secret_of(LINE, p.signer);
    expect(p, OTA, TM_ERROR_CERT_SIGNATURE, "B1 a certificate that a line signed in the root's name is refused");

    tm_certificate c;
    const tm_bytes tbs = body(&(pieces[]){ota()}[0]);
    const tm_bytes order = hex("00fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    const tm_bytes one = hex("020101");
    const tm_bytes algorithm = SEQUENCE(OID(ECDSA_WITH_SHA256));
    const tm_error range = TM_ERROR_SIGNATURE_RANGE;
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(der(2, order), one))), OTA, &c), range,
             "B14 r of the group order is refused");
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(hex("020100"), one))), OTA, &c), range,
             "B14 r of 0 is refused");
    ok_error(judge(SEQUENCE(tbs, algorithm, der_bits(SEQUENCE(hex("0201ff"), one))), OTA, &c), range,
             "B14 a negative r is refused");
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
    c.not_after = INT64_MAX;
    ok_error(tm_x509_check_time(&c, INT64_MAX), TM_OK, "D22 the largest time is judged");
    c.not_before = INT64_MIN;
    ok_error(tm_x509_check_time(&c, (uint64_t)INT64_MAX + 1), TM_ERROR_CERT_NOT_IN_FORCE,
             "D22 what is no signed time is not in force");
    ok_error(tm_x509_check_time(&c, UINT64_MAX), TM_ERROR_CERT_NOT_IN_FORCE, "D22 nor at 2^64 - 1");
}

int main(void) {
    usages();
    extensions();
    links();
    return done();
}
