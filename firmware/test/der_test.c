// SPDX-License-Identifier: Apache-2.0
#include "der.h"

#include "der_time.h"
#include "tap.h"

static tm_error next_of(const char *encoded, uint8_t tag) {
    tm_bytes content;
    return tm_der_only(hex(encoded), tag, &content);
}

static void refuse(tm_error got, const char *title) {
    ok_error(got, TM_ERROR_DER_MALFORMED, title);
}

static void elements(void) {
    tm_bytes rest = hex("3003020105 0403010203"), content, element;
    ok(tm_der_tag(rest) == TM_DER_SEQUENCE && tm_der_element(&rest, TM_DER_SEQUENCE, &element) == TM_OK &&
           tm_bytes_equal(element, hex("3003020105")),
       "an element, whole");
    ok(tm_der_next(&rest, TM_DER_OCTET_STRING, &content) == TM_OK && tm_bytes_equal(content, hex("010203")) &&
           tm_der_tag(rest) == 0 && tm_der_end(rest) == TM_OK,
       "the content of the next");
    uint8_t large[4 + 300] = {0x04, 0x82, 0x01, 0x2c};
    ok_error(tm_der_only(tm_bytes_of(large, sizeof large), 0x04, &content), TM_OK, "300 bytes in long form");

    uint8_t *larger = calloc(1, 5 + 0x10000), *edge = calloc(1, 3 + 128);
    memcpy(larger, (const uint8_t[]){0x04, 0x83, 0x01, 0x00, 0x00}, 5),
        memcpy(edge, (const uint8_t[]){0x04, 0x81, 0x80}, 3);
    ok_error(tm_der_only(tm_bytes_of(larger, 5 + 0x10000), 0x04, &content), TM_OK, "65,536 bytes in long form");
    ok_error(tm_der_only(tm_bytes_of(edge, 3 + 128), 0x04, &content), TM_OK, "128 bytes, the least of the long form");

    refuse(next_of("", 0x30), "B9 nothing is no element");
    refuse(next_of("0400", 0x30), "B9 another tag is refused");
    refuse(next_of("04", 0x04), "D7 a missing length is refused");
    refuse(next_of("0402 01", 0x04), "D7 a content cut off is refused");
    refuse(next_of("040101 00", 0x04), "B9 bytes left over are refused");
    refuse(next_of("0480 010000", 0x04), "B9 an indefinite length is refused");
    refuse(next_of("048101 01", 0x04), "B9 a long form below 128 is refused");
    refuse(next_of("048200 8001", 0x04), "B9 a length with a leading zero is refused");
    refuse(next_of("0481", 0x04), "D7 a length cut off is refused");
    refuse(next_of("0484ffffffff", 0x04), "D22 a length of 2^32 - 1 is refused");
    refuse(next_of("0483ffffff", 0x04), "D22 a length of 2^24 - 1 is refused");
    refuse(next_of("0488ffffffffffffffff", 0x04), "D22 a length of 2^64 - 1 is refused");
    refuse(next_of("04ff", 0x04), "B9 the reserved length is refused");
}

static tm_error boolean(const char *encoded, bool *value) {
    tm_bytes rest = hex(encoded);
    return tm_der_boolean(&rest, value);
}

static tm_error number(const char *encoded, uint64_t *value) {
    tm_bytes rest = hex(encoded);
    return tm_der_uint(&rest, value);
}

static tm_error object(const char *encoded) {
    tm_bytes rest = hex(encoded), contents;
    return tm_der_oid(&rest, &contents);
}

static tm_error names(const char *encoded, uint16_t *bits) {
    tm_bytes rest = hex(encoded);
    return tm_der_bit_names(&rest, bits);
}

static void types(void) {
    bool flag = false;
    ok(boolean("0101ff", &flag) == TM_OK && flag && boolean("010100", &flag) == TM_OK && !flag, "booleans");
    refuse(boolean("010101", &flag), "B9 another true is refused");
    refuse(boolean("0102ffff", &flag), "B9 a boolean of two bytes is refused");
    refuse(boolean("0100", &flag), "B9 an empty boolean is refused");

    uint64_t value = 0;
    ok(number("020100", &value) == TM_OK && value == 0 && number("02020080", &value) == TM_OK && value == 128 &&
           number("020900ffffffffffffffff", &value) == TM_OK && value == UINT64_MAX,
       "numbers");
    refuse(number("0200", &value), "B9 an empty number is refused");
    refuse(number("02020001", &value), "B9 a padded number is refused");
    refuse(number("0202ff80", &value), "B9 a padded negative number is refused");
    refuse(number("0201ff", &value), "B9 a negative number is refused");
    refuse(number("020180", &value), "B9 -128 is refused");
    refuse(number("0209010000000000000000", &value), "D22 2^64 is refused");
    refuse(number("020a00ffffffffffffffffff", &value), "D22 2^72 - 1 is refused");

    ok_error(object("06022a86"), TM_ERROR_DER_MALFORMED, "B9 an object identifier cut off is refused");
    ok_error(object("06062a864886f70d"), TM_OK, "an object identifier");
    refuse(object("06042a808601"), "B9 an arc with a leading zero is refused");
    refuse(object("0600"), "B9 an empty object identifier is refused");

    uint16_t bits = 0;
    ok(names("03020780", &bits) == TM_OK && bits == 0x8000 && names("03020106", &bits) == TM_OK && bits == 0x0600 &&
           names("0303070080", &bits) == TM_OK && bits == 0x0080 && names("030100", &bits) == TM_OK && bits == 0,
       "bits by name");
    refuse(names("03020680", &bits), "B9 a trailing zero bit is refused");
    refuse(names("03020781", &bits), "B9 an unused bit that is set is refused");
    refuse(names("0303008000", &bits), "B9 a trailing zero byte is refused");
    refuse(names("03020880", &bits), "B9 eight unused bits are refused");
    refuse(names("030107", &bits), "B9 unused bits of nothing are refused");
    refuse(names("0300", &bits), "B9 an empty bit string is refused");
    refuse(names("030400010101", &bits), "B9 17 bits are refused");

    tm_bytes rest = hex("03020080"), bytes;
    ok(tm_der_bit_bytes(&rest, &bytes) == TM_OK && tm_bytes_equal(bytes, hex("80")), "bits as bytes");
    rest = hex("03020180");
    refuse(tm_der_bit_bytes(&rest, &bytes), "B9 bits that are no bytes are refused");
    rest = hex("0300");
    refuse(tm_der_bit_bytes(&rest, &bytes), "B9 an empty bit string is no bytes");
}

static tm_error time_of(uint8_t tag, const char *digits, int64_t *seconds) {
    uint8_t *encoded = malloc(2 + strlen(digits));
    encoded[0] = tag, encoded[1] = (uint8_t)strlen(digits);
    memcpy(encoded + 2, digits, strlen(digits));
    tm_bytes rest = tm_bytes_of(encoded, 2 + strlen(digits));
    return tm_der_time(&rest, seconds);
}

static void times(void) {
    const uint8_t utc = TM_DER_UTC_TIME, general = TM_DER_GENERALIZED_TIME;
    static const struct {
        const char *digits;
        int64_t seconds;
    } KNOWN[] = {
        {"700101000000Z", 0},
        {"691231235959Z", -1},
        {"500101000000Z", -631152000},
        {"000229000000Z", 951782400},
        {"240229235959Z", 1709251199},
        {"240301000000Z", 1709251200},
        {"491231235959Z", 2524607999},
        {"20500101000000Z", 2524608000},
        {"21000301000000Z", 4107542400},
        {"99991231235959Z", 253402300799},
    };
    int64_t seconds = 0;
    bool right = true;
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++) {
        const uint8_t tag = strlen(KNOWN[i].digits) == 13 ? utc : general;
        right = right && time_of(tag, KNOWN[i].digits, &seconds) == TM_OK && seconds == KNOWN[i].seconds;
    }
    ok(right, "times from 1950 to 9999");
    refuse(time_of(utc, "230229000000Z", &seconds), "B6 29 February of a common year is refused");
    refuse(time_of(general, "21000229000000Z", &seconds), "B6 29 February 2100 is refused");
    refuse(time_of(utc, "231301000000Z", &seconds), "B6 month 13 is refused");
    refuse(time_of(utc, "230001000000Z", &seconds), "B6 month 0 is refused");
    refuse(time_of(utc, "230400000000Z", &seconds), "B6 day 0 is refused");
    refuse(time_of(utc, "230431000000Z", &seconds), "B6 31 April is refused");
    refuse(time_of(utc, "230101240000Z", &seconds), "B6 hour 24 is refused");
    refuse(time_of(utc, "230101006000Z", &seconds), "B6 minute 60 is refused");
    refuse(time_of(utc, "230101000060Z", &seconds), "B6 a leap second is refused");
    refuse(time_of(utc, "2301010000Z", &seconds), "B6 a time without seconds is refused");
    refuse(time_of(utc, "230101000000+0000", &seconds), "B6 an offset is refused");
    refuse(time_of(utc, "2301010000", &seconds), "D7 a time cut off is refused");
    refuse(time_of(utc, "23010100000", &seconds), "D7 a time cut off inside a number is refused");
    refuse(time_of(utc, "230101000000", &seconds), "B6 a time without zone is refused");
    refuse(time_of(utc, "230101:00000Z", &seconds), "B6 a colon is no digit");
    refuse(time_of(utc, "2301010:0000Z", &seconds), "B6 a colon is no digit in the second place either");
    refuse(time_of(utc, "23010100000 Z", &seconds), "B6 what is no digit is refused");
    refuse(time_of(general, "20500101000000.5Z", &seconds), "B6 a fraction is refused");
    refuse(time_of(general, "19491231235959Z", &seconds), "B6 a year before 1950 is refused");
    ok_error(time_of(general, "20491231235959Z", &seconds), TM_ERROR_CERT_PROFILE,
             "B6 a year before 2050 as GeneralizedTime is refused");
}

int main(void) {
    elements();
    types();
    times();
    return done();
}
