// SPDX-License-Identifier: Apache-2.0
#include "block_header.h"

#include "keccak.h"
#include "tap.h"

// A header under construction: fields as RLP, the list's prefix put in front at the end.
typedef struct {
    uint8_t bytes[20000];
    size_t len;
} header;

static void put(header *h, tm_bytes field) {
    uint8_t prefix[3] = {(uint8_t)(0x80 + field.len)};
    size_t prefix_len = field.len == 1 && field.ptr[0] < 0x80 ? 0 : 1;
    if (field.len > 55) {
        prefix[0] = 0xb9;
        tm_store16_be(prefix + 1, (uint16_t)field.len);
        prefix_len = 3;
        if (field.len < 256) prefix[0] = 0xb8, prefix[1] = (uint8_t)field.len, prefix_len = 2;
    }
    memcpy(h->bytes + h->len, prefix, prefix_len);
    memcpy(h->bytes + h->len + prefix_len, field.ptr, field.len);
    h->len += prefix_len + field.len;
}

static tm_bytes wrap(const header *h) {
    uint8_t *out = malloc(h->len + 3);
    out[0] = 0xf9;
    tm_store16_be(out + 1, (uint16_t)h->len);
    memcpy(out + 3, h->bytes, h->len);
    return tm_bytes_of(out, h->len + 3);
}

static const uint8_t FILL[12288];

// Fields as Ethereum has them; extra_len is extraData's length, replaced (if any) stands at position at.
static tm_bytes make(int fields, size_t extra_len, int at, const tm_bytes *replaced) {
    header h = {.len = 0};
    for (int i = 0; i < fields; i++) {
        static const uint8_t root[32] = {0xaa};
        tm_bytes field = tm_bytes_of(root, 32);
        if (i == 8) field = hex("0112a880");
        if (i == 11) field = hex("6553f100");
        if (i == 6) field = tm_bytes_of(FILL, 256);
        if (i == 12) field = tm_bytes_of(FILL, extra_len);
        if (i == at) field = *replaced;
        put(&h, field);
    }
    return wrap(&h);
}

static tm_error read_bytes(tm_bytes bytes, tm_block_header *out) {
    const tm_source source = tm_source_memory(bytes);
    return tm_block_header_read(&source, out);
}

static void with_field(int at, const char *field, tm_error expected, const char *title) {
    tm_block_header out;
    const tm_bytes replaced = hex(field);
    ok_error(read_bytes(make(21, 32, at, &replaced), &out), expected, title);
}

static void accepts(int fields, size_t extra_len, const char *title) {
    tm_block_header out;
    uint8_t hash[32];
    const tm_bytes bytes = make(fields, extra_len, -1, NULL);
    tm_keccak256(bytes.ptr, bytes.len, hash);
    ok(read_bytes(bytes, &out) == TM_OK && out.number == 18000000 && out.timestamp == 1700000000 &&
           out.state_root[0] == 0xaa && memcmp(out.hash, hash, 32) == 0,
       "%s", title);
}

int main(void) {
    tm_block_header out;
    accepts(21, 32, "21 fields: Ethereum after Shanghai");
    accepts(16, 97, "16 fields: Polygon");
    accepts(16, 11000, "16 fields with a long extraData: Polygon with many validators");
    accepts(40, 0, "40 fields");
    accepts(16, 12288 - 3 - (12 * 33 + 259 + 2 * 5) - 3, "12,288 bytes");
    const tm_error no = TM_ERROR_HEADER_MALFORMED;
    ok_error(read_bytes(make(15, 32, -1, NULL), &out), no, "15 fields, as before EIP-1559, are refused");
    ok_error(read_bytes(make(41, 32, -1, NULL), &out), no, "41 fields are refused");
    ok_error(read_bytes(make(16, 12288 - 3 - (12 * 33 + 259 + 2 * 5) - 2, -1, NULL), &out), no,
             "D22 12,289 bytes are refused");
    ok_error(read_bytes(tm_bytes_of(FILL, 0), &out), no, "nothing is no header");

    with_field(3, "aabb", no, "D16 a state root of 2 bytes is refused");
    with_field(3, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", no,
               "D16 a state root of 33 bytes is refused");
    with_field(8, "000001", no, "D16 a number with leading zeros is refused");
    with_field(8, "", TM_OK, "number 0 is read");
    with_field(8, "ffffffffffff", TM_OK, "number 2^48 - 1 is read");
    with_field(8, "01000000000000", no, "D22 number 2^48 is refused");
    with_field(11, "00", no, "D16 a timestamp of zero as a byte is refused");
    with_field(11, "01000000000000", no, "D22 timestamp 2^48 is refused");

    const tm_bytes good = make(21, 32, -1, NULL);
    bool cut = true;
    for (size_t len = 0; len < good.len; len++) {
        uint8_t *part = malloc(len + (len == 0));
        memcpy(part, good.ptr, len);
        cut = cut && read_bytes(tm_bytes_of(part, len), &out) == no;
        free(part);
    }
    ok(cut, "D7 a header cut anywhere is refused");

    uint8_t *longer = malloc(good.len + 1);
    memcpy(longer, good.ptr, good.len);
    longer[good.len] = 0x80;
    ok_error(read_bytes(tm_bytes_of(longer, good.len + 1), &out), no, "D16 a byte behind the header is refused");
    uint8_t *list = malloc(good.len);
    memcpy(list, good.ptr, good.len);
    list[good.len - 33] = 0xa1;
    ok_error(read_bytes(tm_bytes_of(list, good.len), &out), no,
             "D16 a last field that reaches beyond the list is refused");
    memcpy(list, good.ptr, good.len);
    list[3] = 0xe0;  // parentHash becomes a list of 32 bytes
    ok_error(read_bytes(tm_bytes_of(list, good.len), &out), no, "D16 a list among the fields is refused");
    memcpy(list, good.ptr, good.len);
    list[0] = 0xb9;
    ok_error(read_bytes(tm_bytes_of(list, good.len), &out), no, "D16 a string for the header is refused");

    uint8_t hash[32];
    bool seen = true;
    memcpy(hash, (read_bytes(good, &out), out.hash), 32);
    for (size_t bit = 0; bit < 8 * good.len; bit++) {
        memcpy(list, good.ptr, good.len);
        list[bit / 8] ^= (uint8_t)(1u << bit % 8);
        seen = seen && (read_bytes(tm_bytes_of(list, good.len), &out) != TM_OK || memcmp(out.hash, hash, 32) != 0);
    }
    ok(seen, "D8 every flipped bit is refused or gives another hash");
    return done();
}
