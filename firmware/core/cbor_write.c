// SPDX-License-Identifier: Apache-2.0
#include "cbor_write.h"

#include <string.h>

#include "cbor.h"

void tm_cbor_writer_init(tm_cbor_writer *out, void *buf, size_t size) {
    *out = (tm_cbor_writer){.buf = (uint8_t *)buf, .size = size};
}

static void append(tm_cbor_writer *out, const void *ptr, size_t len) {
    if (out->overflow || len > out->size - out->len) {
        out->overflow = true;
        return;
    }
    if (len > 0) memcpy(out->buf + out->len, ptr, len);
    out->len += len;
}

static void put_head(tm_cbor_writer *out, uint8_t major, uint64_t value) {
    uint8_t head[9];
    uint32_t exponent = 0;  // the argument takes 2^exponent bytes
    const uint8_t type = (uint8_t)(major << 5);
    if (value < 24) {
        head[0] = (uint8_t)(type | value);
        append(out, head, 1);
        return;
    }
    while (exponent < 3 && value >> (8u << exponent) != 0) exponent++;
    head[0] = (uint8_t)(type | (24 + exponent));
    for (uint32_t i = 1u << exponent; i > 0; i--, value >>= 8) head[i] = (uint8_t)value;
    append(out, head, 1 + (1u << exponent));
}

void tm_cbor_put_uint(tm_cbor_writer *out, uint64_t value) {
    put_head(out, TM_CBOR_UINT, value);
}

void tm_cbor_put_int(tm_cbor_writer *out, int64_t value) {
    if (value >= 0) {
        put_head(out, TM_CBOR_UINT, (uint64_t)value);
    } else {
        put_head(out, TM_CBOR_NINT, (uint64_t)(-1 - value));
    }
}

void tm_cbor_put_bstr(tm_cbor_writer *out, const void *ptr, size_t len) {
    put_head(out, TM_CBOR_BSTR, len);
    append(out, ptr, len);
}

void tm_cbor_put_bstr_head(tm_cbor_writer *out, size_t len) {
    put_head(out, TM_CBOR_BSTR, len);
}

void tm_cbor_put_tstr(tm_cbor_writer *out, const char *text) {
    tm_cbor_put_tstr_len(out, text, strlen(text));
}

void tm_cbor_put_tstr_len(tm_cbor_writer *out, const char *text, size_t len) {
    put_head(out, TM_CBOR_TSTR, len);
    append(out, text, len);
}

void tm_cbor_put_array(tm_cbor_writer *out, size_t items) {
    put_head(out, TM_CBOR_ARRAY, items);
}

void tm_cbor_put_map(tm_cbor_writer *out, size_t pairs) {
    put_head(out, TM_CBOR_MAP, pairs);
}

void tm_cbor_put_tag(tm_cbor_writer *out, uint64_t number) {
    put_head(out, TM_CBOR_TAG, number);
}

void tm_cbor_put_bool(tm_cbor_writer *out, bool value) {
    put_head(out, TM_CBOR_SIMPLE, value ? 21 : 20);
}

void tm_cbor_put_null(tm_cbor_writer *out) {
    put_head(out, TM_CBOR_SIMPLE, 22);
}

void tm_cbor_put_encoded(tm_cbor_writer *out, tm_bytes encoded) {
    append(out, encoded.ptr, encoded.len);
}

tm_error tm_cbor_written(const tm_cbor_writer *out, tm_bytes *encoded) {
    if (out->overflow) return TM_ERROR_MESSAGE_TOO_LARGE;
    *encoded = tm_bytes_of(out->buf, out->len);
    return TM_OK;
}
