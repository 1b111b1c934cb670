// SPDX-License-Identifier: Apache-2.0
#include "cbor_write.h"

#include "cbor.h"
#include "tap.h"

static const struct {
    int64_t value;
    const char *encoded;
} INTEGERS[] = {
    // RFC 8949 appendix A, and the edges
    {0, "00"},
    {23, "17"},
    {24, "1818"},
    {255, "18ff"},
    {256, "190100"},
    {65535, "19ffff"},
    {65536, "1a00010000"},
    {4294967295, "1affffffff"},
    {4294967296, "1b0000000100000000"},
    {INT64_MAX, "1b7fffffffffffffff"},
    {-1, "20"},
    {-24, "37"},
    {-25, "3818"},
    {-257, "390100"},
    {-1000, "3903e7"},
    {INT64_MIN, "3b7fffffffffffffff"},
};

static void put_everything(tm_cbor_writer *out) {
    tm_cbor_put_map(out, 3);
    tm_cbor_put_uint(out, 1);
    tm_cbor_put_array(out, 2);
    tm_cbor_put_bool(out, true);
    tm_cbor_put_null(out);
    tm_cbor_put_uint(out, 4);
    tm_cbor_put_tag(out, 107);
    tm_cbor_put_bstr(out, "xyz", 3);
    tm_cbor_put_tstr(out, "a");
    tm_cbor_put_encoded(out, hex("8100"));
}

int main(void) {
    uint8_t buf[64];
    tm_cbor_writer out;
    tm_bytes encoded;
    tm_cbor in;

    bool shortest = true;
    for (size_t i = 0; i < sizeof INTEGERS / sizeof INTEGERS[0]; i++) {
        tm_cbor_writer_init(&out, buf, sizeof buf);
        tm_cbor_put_int(&out, INTEGERS[i].value);
        shortest =
            shortest && tm_cbor_written(&out, &encoded) == TM_OK && tm_bytes_equal(encoded, hex(INTEGERS[i].encoded));
    }
    ok(shortest, "integers take their shortest form");
    tm_cbor_writer_init(&out, buf, sizeof buf);
    tm_cbor_put_uint(&out, UINT64_MAX);
    ok(tm_cbor_written(&out, &encoded) == TM_OK && tm_bytes_equal(encoded, hex("1bffffffffffffffff")), "2^64 - 1");

    tm_cbor_writer_init(&out, buf, sizeof buf);
    put_everything(&out);
    ok(tm_cbor_written(&out, &encoded) == TM_OK &&
           tm_bytes_equal(encoded, hex("a3 01 82f5f6 04 d86b 4378797a 6161 8100")),
       "every type");
    ok_error(tm_cbor_open(&in, encoded, TM_CBOR_STRICT), TM_OK, "the strict reader takes it");

    const size_t whole = encoded.len;
    uint8_t *fitting = malloc(whole);
    tm_cbor_writer_init(&out, fitting, whole);
    put_everything(&out);
    ok_error(tm_cbor_written(&out, &encoded), TM_OK, "a buffer of exactly the size is enough");
    bool sticky = true;
    for (size_t size = 0; size < whole; size++) {
        uint8_t *exact = malloc(size + (size == 0));
        tm_cbor_writer_init(&out, exact, size);
        put_everything(&out);
        sticky = sticky && out.len <= size && tm_cbor_written(&out, &encoded) == TM_ERROR_MESSAGE_TOO_LARGE;
        free(exact);
    }
    ok(sticky, "a buffer too small by any number of bytes is refused and never overrun");

    tm_cbor_writer_init(&out, buf, 4);
    tm_cbor_put_bstr(&out, "xyzw", 4);
    tm_cbor_put_null(&out);
    ok_error(tm_cbor_written(&out, &encoded), TM_ERROR_MESSAGE_TOO_LARGE,
             "what fits after what did not is not written");
    tm_cbor_writer_init(&out, buf, sizeof buf);
    tm_cbor_put_bstr_head(&out, SIZE_MAX);
    tm_cbor_put_bstr(&out, buf, SIZE_MAX);
    ok_error(tm_cbor_written(&out, &encoded), TM_ERROR_MESSAGE_TOO_LARGE, "D22 a length that wraps is refused");
    return done();
}
