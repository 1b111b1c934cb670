// SPDX-License-Identifier: Apache-2.0
#include "rlp.h"

#include "vectors.h"

static tm_error next_of(const char *encoded) {
    tm_bytes rest = hex(encoded);
    tm_rlp_item item;
    return tm_rlp_next(&rest, &item);
}

static void spans(void) {
    tm_rlp_span span;
    ok(tm_rlp_span_read(hex("b838"), &span) == TM_OK && span.prefix == 2 && span.payload == 56,
       "how far a long string reaches");
    ok(tm_rlp_span_read(hex("fb01000000"), &span) == TM_OK && span.is_list && span.payload == 0x01000000,
       "how far a list of 2^24 bytes reaches");
    ok_error(tm_rlp_span_read(hex("fc0100000000"), &span), TM_ERROR_RLP_MALFORMED, "D22 2^32 bytes are refused");
    ok_error(tm_rlp_span_read(hex("81"), &span), TM_ERROR_RLP_MALFORMED, "D7 a byte that is not there is refused");
}

static void refuse(const char *encoded, const char *title) {
    ok_error(next_of(encoded), TM_ERROR_RLP_MALFORMED, title);
}

static bool is_whole(tm_bytes rest, int depth) {
    while (rest.len > 0) {
        tm_rlp_item item;
        if (depth > 8 || tm_rlp_next(&rest, &item) != TM_OK) return false;
        if (item.is_list && !is_whole(item.payload, depth + 1)) return false;
    }
    return true;
}

static bool is_one_item(tm_bytes encoded) {
    tm_rlp_item item;
    tm_bytes rest = encoded;
    return tm_rlp_next(&rest, &item) == TM_OK && rest.len == 0 && is_whole(encoded, 0);
}

static void ethereum(int argc, char **argv) {
    const char *title = "D16 ethereum/tests: RLP, valid and invalid";
    vectors v;
    int cases = 0, wrong = 0;
    if (!vectors_open(&v, argc, argv, "rlp")) {
        skip(title, "no vectors");
        return;
    }
    while (vectors_next(&v)) {
        cases++;
        if (is_one_item(hex(v.fields[2])) != (strcmp(v.fields[0], "good") == 0)) printf("# %s\n", v.fields[1]), wrong++;
    }
    ok(cases > 50 && wrong == 0, "%s, %d cases", title, cases);
}

int main(int argc, char **argv) {
    tm_bytes rest =
        hex("7f 80 8180 83646f67 c0 c20102 b838 4c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e"
            "7365637465747572206164697069736963696e6720656c6974");
    tm_bytes string, list;
    tm_rlp_item item;
    ok(tm_rlp_next(&rest, &item) == TM_OK && !item.is_list && item.payload.len == 1 && item.encoded.len == 1,
       "a byte below 0x80 stands for itself");
    ok(tm_rlp_next_string(&rest, &string) == TM_OK && string.len == 0, "the empty string");
    ok(tm_rlp_next_string(&rest, &string) == TM_OK && tm_bytes_equal(string, hex("80")), "a byte from 0x80");
    tm_bytes before = rest;
    ok_error(tm_rlp_next_list(&before, &list), TM_ERROR_RLP_MALFORMED, "a string is no list");
    ok(tm_rlp_next_string(&rest, &string) == TM_OK && tm_bytes_equal(string, text("dog")), "a short string");
    before = rest;
    ok_error(tm_rlp_next_string(&before, &string), TM_ERROR_RLP_MALFORMED, "a list is no string");
    ok(tm_rlp_next_list(&rest, &list) == TM_OK && list.len == 0, "the empty list");
    ok(tm_rlp_next_list(&rest, &list) == TM_OK && list.len == 2 && tm_rlp_end(list) == TM_ERROR_RLP_MALFORMED,
       "a short list, whose items are left over");
    ok(tm_rlp_next_string(&rest, &string) == TM_OK && string.len == 56 && tm_rlp_end(rest) == TM_OK, "a long string");

    refuse("", "nothing is no item");
    refuse("8100", "D16 a single byte behind a prefix is refused");
    refuse("817f", "D16 0x7f behind a prefix is refused");
    refuse("81", "D7 a string cut off is refused");
    refuse("83646f", "D7 a string cut off in its middle is refused");
    refuse("c20 1", "D7 a list cut off is refused");
    refuse("b837 00", "D16 55 bytes in long form are refused");
    refuse("b800", "D16 a length of zero in long form is refused");
    refuse("f800", "D16 a list's length of zero in long form is refused");
    refuse("b90040 00", "D16 a length with a leading zero is refused");
    refuse("b8", "D7 a length cut off is refused");
    refuse("bbffffffff00", "D22 a string of 2^32 - 1 bytes is refused");
    refuse("bfffffffffffffffff00", "D22 a string of 2^64 - 1 bytes is refused");
    refuse("ff0f00000000000000", "D22 a list above 2^32 is refused");
    rest = hex("0000");
    ok(tm_rlp_next(&rest, &item) == TM_OK && tm_rlp_end(rest) == TM_ERROR_RLP_MALFORMED,
       "what is left over is refused");
    spans();

    uint64_t number = 0;
    rest = hex("80 01 88ffffffffffffffff");
    ok(tm_rlp_next_uint(&rest, &number) == TM_OK && number == 0, "zero is the empty string");
    ok(tm_rlp_next_uint(&rest, &number) == TM_OK && number == 1, "one");
    ok(tm_rlp_next_uint(&rest, &number) == TM_OK && number == UINT64_MAX, "2^64 - 1");
    ok(tm_rlp_uint(hex(""), &number) == TM_OK && number == 0, "zero of no bytes");
    rest = hex("00");
    ok_error(tm_rlp_next_uint(&rest, &number), TM_ERROR_RLP_MALFORMED, "D16 zero as a byte is refused");
    rest = hex("820001");
    ok_error(tm_rlp_next_uint(&rest, &number), TM_ERROR_RLP_MALFORMED, "D16 a leading zero is refused");
    rest = hex("89010000000000000000");
    ok_error(tm_rlp_next_uint(&rest, &number), TM_ERROR_RLP_MALFORMED, "D22 2^64 is refused");

    uint8_t fixed[3];
    rest = hex("83646f67");
    ok(tm_rlp_next_fixed(&rest, fixed, 3) == TM_OK && fixed[2] == 'g', "exactly three bytes");
    rest = hex("83646f67");
    ok_error(tm_rlp_next_fixed(&rest, fixed, 2), TM_ERROR_RLP_MALFORMED, "not two");
    ethereum(argc, argv);
    return done();
}
