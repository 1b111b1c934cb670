// SPDX-License-Identifier: Apache-2.0
#include "cbor.h"

#include <string.h>

#include "cbor_head.h"

#define SIMPLE_FALSE 20u
#define SIMPLE_TRUE 21u
#define SIMPLE_NULL 22u

static tm_bytes rest_of(const tm_cbor *in) {
    return tm_bytes_of(in->next, (size_t)(in->end - in->next));
}

// Head of an item of this type; in stays where it is if the item is of another.
static tm_error expect(tm_cbor *in, uint8_t major, tm_cbor_head *head) {
    tm_bytes rest = rest_of(in);
    if (rest.len == 0) return TM_ERROR_MESSAGE_FIELD;
    TM_TRY(tm_cbor_head_read(&rest, in->mode, head));
    if (head->major != major) return TM_ERROR_MESSAGE_FIELD;
    in->next = rest.ptr;
    return TM_OK;
}

static tm_error expect_string(tm_cbor *in, uint8_t major, tm_bytes *value) {
    tm_cbor_head head;
    tm_cbor at = *in;
    TM_TRY(expect(&at, major, &head));
    if (head.value > (size_t)(at.end - at.next)) return TM_ERROR_CBOR_MALFORMED;
    *value = tm_bytes_of(at.next, (size_t)head.value);
    in->next = at.next + value->len;
    return TM_OK;
}

static tm_error expect_container(tm_cbor *in, uint8_t major, tm_cbor *items) {
    tm_cbor_head head;
    tm_cbor at = *in;
    tm_bytes whole;
    TM_TRY(expect(&at, major, &head));
    TM_TRY(tm_cbor_item(in, &whole));
    const uint8_t *end = whole.ptr + whole.len - (head.indefinite ? 1 : 0);
    *items = (tm_cbor){.next = at.next, .end = end, .mode = in->mode};
    return TM_OK;
}

uint8_t tm_cbor_type(const tm_cbor *in) {
    return tm_cbor_done(in) ? TM_CBOR_SIMPLE + 1 : in->next[0] >> 5;
}

tm_error tm_cbor_uint(tm_cbor *in, uint64_t *value) {
    tm_cbor_head head;
    TM_TRY(expect(in, TM_CBOR_UINT, &head));
    *value = head.value;
    return TM_OK;
}

tm_error tm_cbor_uint32(tm_cbor *in, uint32_t *value) {
    tm_cbor at = *in;
    uint64_t wide;
    TM_TRY(tm_cbor_uint(&at, &wide));
    if (wide > UINT32_MAX) return TM_ERROR_MESSAGE_FIELD;
    *value = (uint32_t)wide;
    *in = at;
    return TM_OK;
}

tm_error tm_cbor_int(tm_cbor *in, int64_t *value) {
    tm_cbor_head head;
    tm_cbor at = *in;
    const bool negative = tm_cbor_type(in) == TM_CBOR_NINT;
    TM_TRY(expect(&at, negative ? TM_CBOR_NINT : TM_CBOR_UINT, &head));
    if (head.value > INT64_MAX) return TM_ERROR_MESSAGE_FIELD;
    *value = negative ? -1 - (int64_t)head.value : (int64_t)head.value;
    *in = at;
    return TM_OK;
}

tm_error tm_cbor_bstr(tm_cbor *in, tm_bytes *value) {
    return expect_string(in, TM_CBOR_BSTR, value);
}

tm_error tm_cbor_bstr_fixed(tm_cbor *in, void *value, size_t len) {
    tm_cbor at = *in;
    tm_bytes bytes;
    TM_TRY(tm_cbor_bstr(&at, &bytes));
    if (bytes.len != len) return TM_ERROR_MESSAGE_FIELD;
    memcpy(value, bytes.ptr, len);
    *in = at;
    return TM_OK;
}

tm_error tm_cbor_tstr(tm_cbor *in, tm_bytes *value) {
    return expect_string(in, TM_CBOR_TSTR, value);
}

tm_error tm_cbor_bool(tm_cbor *in, bool *value) {
    tm_cbor_head head;
    tm_cbor at = *in;
    TM_TRY(expect(&at, TM_CBOR_SIMPLE, &head));
    if (head.info != SIMPLE_FALSE && head.info != SIMPLE_TRUE) return TM_ERROR_MESSAGE_FIELD;
    *value = head.info == SIMPLE_TRUE;
    *in = at;
    return TM_OK;
}

tm_error tm_cbor_null(tm_cbor *in) {
    tm_cbor_head head;
    tm_cbor at = *in;
    TM_TRY(expect(&at, TM_CBOR_SIMPLE, &head));
    if (head.info != SIMPLE_NULL) return TM_ERROR_MESSAGE_FIELD;
    *in = at;
    return TM_OK;
}

tm_error tm_cbor_tag(tm_cbor *in, uint64_t *number) {
    tm_cbor_head head;
    TM_TRY(expect(in, TM_CBOR_TAG, &head));
    *number = head.value;
    return TM_OK;
}

tm_error tm_cbor_array(tm_cbor *in, tm_cbor *items) {
    return expect_container(in, TM_CBOR_ARRAY, items);
}

tm_error tm_cbor_map(tm_cbor *in, tm_cbor *items) {
    return expect_container(in, TM_CBOR_MAP, items);
}

uint32_t tm_cbor_count(const tm_cbor *items) {
    tm_cbor at = *items;
    uint32_t count = 0;
    while (!tm_cbor_done(&at) && tm_cbor_skip(&at) == TM_OK) count++;
    return count;
}

static bool next_is_text(tm_cbor *at, const char *text) {
    tm_bytes key;
    if (tm_cbor_type(at) != TM_CBOR_TSTR) {
        return tm_cbor_skip(at) == TM_OK && false;
    }
    return tm_cbor_tstr(at, &key) == TM_OK && tm_bytes_equal(key, tm_bytes_of(text, strlen(text)));
}

tm_error tm_cbor_find(const tm_cbor *items, const char *key, tm_cbor *value) {
    tm_cbor at = *items;
    bool found = false;
    *value = (tm_cbor){.next = items->end, .end = items->end, .mode = items->mode};
    while (!tm_cbor_done(&at)) {
        tm_bytes encoded;
        const bool is_key = next_is_text(&at, key);
        TM_TRY(tm_cbor_item(&at, &encoded));
        if (!is_key) continue;
        if (found) return TM_ERROR_CBOR_MALFORMED;
        found = true;
        *value = (tm_cbor){.next = encoded.ptr, .end = encoded.ptr + encoded.len, .mode = items->mode};
    }
    return TM_OK;
}

tm_error tm_cbor_skip(tm_cbor *in) {
    tm_bytes encoded;
    return tm_cbor_item(in, &encoded);
}

bool tm_cbor_done(const tm_cbor *in) {
    return in->next == in->end;
}

tm_error tm_cbor_end(const tm_cbor *in) {
    return tm_cbor_done(in) ? TM_OK : TM_ERROR_CBOR_MALFORMED;
}

tm_error tm_cbor_open(tm_cbor *in, tm_bytes bytes, tm_cbor_mode mode) {
    tm_bytes whole;
    *in = (tm_cbor){.next = bytes.ptr, .end = bytes.ptr + bytes.len, .mode = mode};
    tm_cbor at = *in;
    TM_TRY(tm_cbor_item(&at, &whole));
    return tm_cbor_end(&at);
}
