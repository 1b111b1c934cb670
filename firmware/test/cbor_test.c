// SPDX-License-Identifier: Apache-2.0
#include "cbor.h"

#include "vectors.h"

static tm_error open_as(const char *encoded, tm_cbor_mode mode) {
    tm_cbor in;
    return tm_cbor_open(&in, hex(encoded), mode);
}

static void refuse(const char *encoded, tm_error expected, const char *title) {
    ok_error(open_as(encoded, TM_CBOR_STRICT), expected, title);
}

static tm_cbor cursor(const char *encoded, tm_cbor_mode mode) {
    tm_cbor in;
    if (tm_cbor_open(&in, hex(encoded), mode) != TM_OK) printf("# does not open: %s\n", encoded);
    return in;
}

static void form(void) {
    refuse("", TM_ERROR_CBOR_MALFORMED, "nothing is no item");
    refuse("0000", TM_ERROR_CBOR_MALFORMED, "an item and more is refused");
    refuse("18", TM_ERROR_CBOR_MALFORMED, "D7 a head cut off is refused");
    refuse("1c", TM_ERROR_CBOR_MALFORMED, "a reserved head is refused");
    refuse("4201", TM_ERROR_CBOR_MALFORMED, "D7 a byte string cut off is refused");
    refuse("8201", TM_ERROR_CBOR_MALFORMED, "D7 an array cut off is refused");
    refuse("a101", TM_ERROR_CBOR_MALFORMED, "D7 a map cut off is refused");
    refuse("c1", TM_ERROR_CBOR_MALFORMED, "D7 a tag without content is refused");
    refuse("ff", TM_ERROR_CBOR_MALFORMED, "a break outside is refused");
    refuse("f801", TM_ERROR_CBOR_MALFORMED, "a simple value in two bytes below 32 is refused");
    refuse("62c328", TM_ERROR_CBOR_MALFORMED, "text that is not UTF-8 is refused");
    refuse("62c080", TM_ERROR_CBOR_MALFORMED, "text in overlong UTF-8 is refused");
    refuse("63eda080", TM_ERROR_CBOR_MALFORMED, "a surrogate in UTF-8 is refused");
    refuse("64f4908080", TM_ERROR_CBOR_MALFORMED, "a code point above U+10FFFF is refused");
    refuse("6180", TM_ERROR_CBOR_MALFORMED, "a continuation byte alone is refused");
    refuse("61c3", TM_ERROR_CBOR_MALFORMED, "D7 a character cut off is refused");
    ok_error(open_as("71 c280 dfbf e0a080 ed9fbf ee8080 f48fbfbf", TM_CBOR_STRICT), TM_OK,
             "the first and last code points of each length are read");
    ok_error(open_as("6af09f98802 4c3a9e282ac", TM_CBOR_STRICT), TM_OK,
             "text of one to four bytes a character is read");
    refuse("a18001", TM_ERROR_CBOR_MALFORMED, "an array for a key is refused");
    refuse("a1f401", TM_ERROR_CBOR_MALFORMED, "a boolean for a key is refused");
}

static void determinism(void) {
    const tm_error no = TM_ERROR_CBOR_NOT_DETERMINISTIC;
    refuse("1817", no, "D20 23 in two bytes is refused");
    refuse("1900ff", no, "D20 255 in three bytes is refused");
    refuse("1a0000ffff", no, "D20 65535 in five bytes is refused");
    refuse("1b00000000ffffffff", no, "D20 2^32 - 1 in nine bytes is refused");
    refuse("580100", no, "D20 a long length is refused");
    refuse("9801 00", no, "D20 a long count is refused");
    refuse("b8010000", no, "D20 a long count of pairs is refused");
    refuse("d80100", no, "D20 a long tag is refused");
    refuse("9f00ff", no, "D20 an indefinite array is refused");
    refuse("bf0000ff", no, "D20 an indefinite map is refused");
    refuse("5f4100ff", no, "D20 a byte string in chunks is refused");
    refuse("7f6161ff", no, "D20 text in chunks is refused");
    refuse("a202000100", no, "D20 keys out of order are refused");
    refuse("a2616200610000", no, "D20 text keys out of order are refused");
    refuse("a22000 0100", no, "D20 a negative key before a positive one is refused");
    refuse("a201000100", TM_ERROR_CBOR_MALFORMED, "D20 a key twice is refused");
    refuse("a1 01 a2 0200 0200", TM_ERROR_CBOR_MALFORMED, "D20 a key twice in an inner map is refused");
    refuse("f93c00", no, "D20 a float is refused");
    refuse("f7", no, "D20 undefined is refused");
    refuse("c100", TM_ERROR_CBOR_MALFORMED, "a tag that is not ours is refused");
    refuse("f0", no, "D20 an unassigned simple value is refused");
    ok_error(open_as("a5 0a00 1864 00 2000 617a00 62616100", TM_CBOR_STRICT), TM_OK,
             "RFC 8949 section 4.2.1's own order is read");
}

static void bounds(void) {
    refuse("818181818181818100", TM_OK, "D21 eight deep is read");
    refuse("81818181818181818100", TM_ERROR_CBOR_TOO_DEEP, "D21 nine deep is refused");
    refuse("d2d2d2d2d2d2d2d2d200", TM_ERROR_CBOR_TOO_DEEP, "D21 tags count, too");
    refuse("5b7fffffffffffffff00", TM_ERROR_CBOR_MALFORMED, "D22 a string of 2^63 - 1 bytes is refused");
    refuse("5bffffffffffffffff00", TM_ERROR_CBOR_MALFORMED, "D22 a string of 2^64 - 1 bytes is refused");
    refuse("5affffffff00", TM_ERROR_CBOR_MALFORMED, "D22 a string of 2^32 - 1 bytes is refused");
    refuse("9bffffffffffffffff00", TM_ERROR_CBOR_MALFORMED, "D22 an array of 2^64 - 1 items is refused");
    refuse("bb80000000000000000000", TM_ERROR_CBOR_MALFORMED, "D22 a map whose items wrap is refused");
    refuse("9b0000000100000000", TM_ERROR_CBOR_MALFORMED, "D22 an array of 2^32 items is refused");
    refuse("990101", TM_ERROR_CBOR_MALFORMED, "257 items are refused");
    refuse("b881", TM_ERROR_CBOR_MALFORMED, "129 pairs are refused");
    uint8_t many[3 + 256] = {0x99, 0x01, 0x00};
    tm_cbor in, items;
    ok(tm_cbor_open(&in, tm_bytes_of(many, sizeof many), TM_CBOR_STRICT) == TM_OK &&
           tm_cbor_array(&in, &items) == TM_OK && tm_cbor_count(&items) == 256,
       "256 items are read");
    uint8_t endless[2 + 257] = {0x9f};
    endless[258] = 0xff;
    ok_error(tm_cbor_open(&in, tm_bytes_of(endless, sizeof endless), TM_CBOR_TOLERANT), TM_ERROR_CBOR_MALFORMED,
             "257 items of an indefinite array are refused");
    uint8_t deep[4096];
    memset(deep, 0x9f, sizeof deep);
    ok_error(tm_cbor_open(&in, tm_bytes_of(deep, sizeof deep), TM_CBOR_TOLERANT), TM_ERROR_CBOR_TOO_DEEP,
             "D21 4,096 deep is refused");
}

static void typed_reads(void) {
    tm_cbor in =
        cursor("8a 1bffffffffffffffff 3903e7 43010203 6161 f5 f6 d2 00 1a00010000 8102 a1 01 02", TM_CBOR_STRICT);
    tm_cbor all, items, inner;
    uint64_t wide = 0, tag = 0;
    int64_t number = 0;
    uint32_t narrow = 0;
    tm_bytes bytes;
    uint8_t fixed[3];
    bool flag = false;
    ok(tm_cbor_array(&in, &all) == TM_OK && tm_cbor_count(&all) == 10 && tm_cbor_done(&in) && tm_cbor_end(&in) == TM_OK,
       "an array opens as a cursor, its holder moves behind it");
    items = all;
    ok_error(tm_cbor_uint32(&items, &narrow), TM_ERROR_MESSAGE_FIELD, "D22 2^64 - 1 is no 32-bit number");
    ok_error(tm_cbor_int(&items, &number), TM_ERROR_MESSAGE_FIELD, "D22 2^64 - 1 is no signed number");
    ok(tm_cbor_uint(&items, &wide) == TM_OK && wide == UINT64_MAX,
       "an unsigned number, after refusals that moved nothing");
    ok_error(tm_cbor_uint(&items, &wide), TM_ERROR_MESSAGE_FIELD, "a negative number is not unsigned");
    ok(tm_cbor_int(&items, &number) == TM_OK && number == -1000, "a negative number");
    ok_error(tm_cbor_tstr(&items, &bytes), TM_ERROR_MESSAGE_FIELD, "bytes are no text");
    tm_cbor again = items;
    ok_error(tm_cbor_bstr_fixed(&items, fixed, 2), TM_ERROR_MESSAGE_FIELD, "three bytes are not two");
    ok(tm_cbor_bstr_fixed(&items, fixed, 3) == TM_OK && fixed[2] == 3, "three bytes are three");
    ok(tm_cbor_bstr(&again, &bytes) == TM_OK && bytes.len == 3 && bytes.ptr[0] == 1, "bytes by view");
    ok_error(tm_cbor_bstr(&items, &bytes), TM_ERROR_MESSAGE_FIELD, "text is no bytes");
    ok(tm_cbor_tstr(&items, &bytes) == TM_OK && tm_bytes_equal(bytes, text("a")), "text by view");
    ok_error(tm_cbor_null(&items), TM_ERROR_MESSAGE_FIELD, "true is not null");
    ok(tm_cbor_bool(&items, &flag) == TM_OK && flag, "true");
    ok_error(tm_cbor_bool(&items, &flag), TM_ERROR_MESSAGE_FIELD, "null is no boolean");
    ok_error(tm_cbor_null(&items), TM_OK, "null");
    ok(tm_cbor_tag(&items, &tag) == TM_OK && tag == 18 && tm_cbor_uint(&items, &wide) == TM_OK,
       "a tag, then its content");
    ok(tm_cbor_uint32(&items, &narrow) == TM_OK && narrow == 65536, "a 32-bit number");
    ok_error(tm_cbor_map(&items, &inner), TM_ERROR_MESSAGE_FIELD, "an array is no map");
    ok(tm_cbor_type(&items) == TM_CBOR_ARRAY && tm_cbor_item(&items, &bytes) == TM_OK &&
           tm_bytes_equal(bytes, hex("8102")),
       "any item, whole");
    ok_error(tm_cbor_end(&items), TM_ERROR_CBOR_MALFORMED, "what is left over is refused");
    ok(tm_cbor_map(&items, &inner) == TM_OK && tm_cbor_count(&inner) == 2 && tm_cbor_done(&items), "a map opens");
    ok(tm_cbor_uint(&items, &wide) == TM_ERROR_MESSAGE_FIELD && tm_cbor_type(&items) > TM_CBOR_SIMPLE,
       "behind the end");

    in = cursor("1affffffff", TM_CBOR_STRICT);
    ok(tm_cbor_uint32(&in, &narrow) == TM_OK && narrow == UINT32_MAX, "2^32 - 1");
    in = (tm_cbor){.next = hex("430102").ptr, .mode = TM_CBOR_STRICT};
    in.end = in.next + 3;
    ok_error(tm_cbor_bstr(&in, &bytes), TM_ERROR_CBOR_MALFORMED,
             "D7 a cursor on bytes nobody checked does not leave them");
    in = cursor("3b7fffffffffffffff", TM_CBOR_STRICT);
    ok(tm_cbor_int(&in, &number) == TM_OK && number == INT64_MIN, "-2^63");
    refuse("3b8000000000000000", TM_ERROR_CBOR_MALFORMED, "D22 -2^63 - 1 is no item of ours");
    in = cursor("3b8000000000000000", TM_CBOR_TOLERANT);
    ok_error(tm_cbor_int(&in, &number), TM_ERROR_MESSAGE_FIELD, "D22 -2^63 - 1 is refused");
}

static void tolerance(void) {
    tm_cbor in = cursor("bf 636f6666 1900ff 646461746 1 4201 02 6373686 1 9f 01 ff ff", TM_CBOR_TOLERANT);
    tm_cbor map, value;
    uint64_t off = 0;
    tm_bytes data;
    ok(tm_cbor_map(&in, &map) == TM_OK && tm_cbor_end(&in) == TM_OK && tm_cbor_count(&map) == 6,
       "an indefinite map with keys in any order opens");
    ok(tm_cbor_find(&map, "off", &value) == TM_OK && tm_cbor_uint(&value, &off) == TM_OK && off == 255 &&
           tm_cbor_end(&value) == TM_OK,
       "a long head is read");
    ok(tm_cbor_find(&map, "data", &value) == TM_OK && tm_cbor_bstr(&value, &data) == TM_OK && data.len == 2, "bytes");
    ok(tm_cbor_find(&map, "sha", &value) == TM_OK && tm_cbor_array(&value, &map) == TM_OK && tm_cbor_count(&map) == 1,
       "an indefinite array opens");
    in = cursor("a2 6161 01 01 6161", TM_CBOR_TOLERANT);
    ok(tm_cbor_map(&in, &map) == TM_OK && tm_cbor_find(&map, "b", &value) == TM_OK && tm_cbor_done(&value),
       "an absent key gives nothing");
    ok(tm_cbor_find(&map, "a", &value) == TM_OK && tm_cbor_uint(&value, &off) == TM_OK && off == 1,
       "text that is a value is no key");
    in = cursor("a3 616101 6162 00 616102", TM_CBOR_TOLERANT);
    ok(tm_cbor_map(&in, &map) == TM_OK && tm_cbor_find(&map, "a", &value) == TM_ERROR_CBOR_MALFORMED,
       "D20 a key twice is refused where it is asked for");
    in = cursor("a2 616101 780161 02", TM_CBOR_TOLERANT);
    ok(tm_cbor_map(&in, &map) == TM_OK && tm_cbor_find(&map, "a", &value) == TM_ERROR_CBOR_MALFORMED,
       "D20 a key twice is refused, once with a long head");
    ok_error(open_as("a16161 fb3ff0000000000000", TM_CBOR_TOLERANT), TM_OK, "a float passes as something to skip");
    ok_error(open_as("bf00ff", TM_CBOR_TOLERANT), TM_ERROR_CBOR_MALFORMED, "half a pair is refused");
    ok_error(open_as("9f00", TM_CBOR_TOLERANT), TM_ERROR_CBOR_MALFORMED, "D7 a missing break is refused");
    ok_error(open_as("81ff", TM_CBOR_TOLERANT), TM_ERROR_CBOR_MALFORMED, "a break in a definite array is refused");
    ok_error(open_as("1f", TM_CBOR_TOLERANT), TM_ERROR_CBOR_MALFORMED, "an indefinite number is refused");
    ok_error(open_as("3f", TM_CBOR_TOLERANT), TM_ERROR_CBOR_MALFORMED, "an indefinite negative number is refused");
    ok_error(open_as("df00", TM_CBOR_TOLERANT), TM_ERROR_CBOR_MALFORMED, "an indefinite tag is refused");
    ok_error(open_as("f820", TM_CBOR_TOLERANT), TM_OK, "a simple value of 32 passes as something to skip");
}

static void heads(void) {
    const tm_source source = tm_source_memory(hex("8258420000"));
    const tm_source edge = tm_source_memory(hex("1903e8"));
    const tm_source cut = tm_source_memory(hex("1903"));
    const tm_source longer = tm_source_memory(hex("9f00ff"));
    uint32_t off = 0;
    uint8_t major = 0;
    uint64_t value = 0;
    ok(tm_cbor_head_at(&source, &off, &major, &value) == TM_OK && off == 1 && major == TM_CBOR_ARRAY && value == 2,
       "a head in a source");
    ok(tm_cbor_head_at(&source, &off, &major, &value) == TM_OK && off == 3 && major == TM_CBOR_BSTR && value == 0x42,
       "the next one");
    off = 0;
    ok(tm_cbor_head_at(&edge, &off, &major, &value) == TM_OK && off == 3 && value == 1000, "a head at the end");
    ok_error(tm_cbor_head_at(&edge, &off, &major, &value), TM_ERROR_CBOR_MALFORMED, "no head behind the end");
    off = 0xffffffffu;
    ok_error(tm_cbor_head_at(&edge, &off, &major, &value), TM_ERROR_CBOR_MALFORMED, "D22 no head far behind the end");
    off = 0;
    ok(tm_cbor_head_at(&cut, &off, &major, &value) == TM_ERROR_CBOR_MALFORMED && off == 0, "D7 a head cut off");
    ok_error(tm_cbor_head_at(&longer, &off, &major, &value), TM_ERROR_CBOR_NOT_DETERMINISTIC, "D20 an indefinite head");
}

static bool is_chunked_or_has_odd_key(const char *encoded) {
    return strncmp(encoded, "5f", 2) == 0 || strncmp(encoded, "7f", 2) == 0 || strncmp(encoded, "a1f980", 6) == 0 ||
           strncmp(encoded, "b81a80", 6) == 0;
}

// Deterministic and of our types: read. Else refused strictly; tolerantly read, but for chunks and unusual keys.
static void working_group(int argc, char **argv) {
    const char *title = "D20 cbor-wg: RFC 8949 good and bad, appendix A";
    vectors v;
    int cases = 0, wrong = 0;
    if (!vectors_open(&v, argc, argv, "cbor")) {
        skip(title, "no vectors");
        return;
    }
    while (vectors_next(&v)) {
        const bool good = strcmp(v.fields[0], "good") == 0;
        const bool bad = strcmp(v.fields[0], "bad") == 0 || strcmp(v.fields[0], "deep") == 0;
        const bool strict = open_as(v.fields[2], TM_CBOR_STRICT) == TM_OK;
        const bool tolerant = open_as(v.fields[2], TM_CBOR_TOLERANT) == TM_OK;
        cases++;
        if (strict != good || tolerant != (!bad && !is_chunked_or_has_odd_key(v.fields[2])))
            printf("# %s %s strict %d tolerant %d\n", v.fields[1], v.fields[2], strict, tolerant), wrong++;
    }
    ok(cases > 200 && wrong == 0, "%s, %d cases", title, cases);
}

int main(int argc, char **argv) {
    form();
    determinism();
    bounds();
    typed_reads();
    tolerance();
    heads();
    working_group(argc, argv);
    return done();
}
