// SPDX-License-Identifier: Apache-2.0
#include "der.h"

#define LENGTH_BYTES_MAX 3u

static tm_error take_length(tm_bytes *rest, size_t *length) {
    if (rest->len == 0) return TM_ERROR_DER_MALFORMED;
    const uint8_t first = rest->ptr[0];
    const size_t bytes = first < 0x80 ? 0 : first & 0x7f;
    if (first == 0x80 || bytes > LENGTH_BYTES_MAX || rest->len < 1 + bytes) return TM_ERROR_DER_MALFORMED;
    *length = bytes == 0 ? first : 0;
    for (size_t i = 1; i <= bytes; i++) *length = *length << 8 | rest->ptr[i];
    *rest = tm_bytes_of(rest->ptr + 1 + bytes, rest->len - 1 - bytes);
    if (bytes > 0 && (*length < 0x80 || *length >> (8 * (bytes - 1)) == 0)) return TM_ERROR_DER_MALFORMED;
    return *length <= rest->len ? TM_OK : TM_ERROR_DER_MALFORMED;
}

uint8_t tm_der_tag(tm_bytes rest) {
    return rest.len == 0 ? 0 : rest.ptr[0];
}

tm_error tm_der_next(tm_bytes *rest, uint8_t tag, tm_bytes *content) {
    size_t length;
    if (rest->len == 0 || rest->ptr[0] != tag) return TM_ERROR_DER_MALFORMED;
    tm_bytes at = tm_bytes_of(rest->ptr + 1, rest->len - 1);
    TM_TRY(take_length(&at, &length));
    *content = tm_bytes_of(at.ptr, length);
    *rest = tm_bytes_of(at.ptr + length, at.len - length);
    return TM_OK;
}

tm_error tm_der_element(tm_bytes *rest, uint8_t tag, tm_bytes *element) {
    tm_bytes content;
    const uint8_t *start = rest->ptr;
    TM_TRY(tm_der_next(rest, tag, &content));
    *element = tm_bytes_of(start, (size_t)(rest->ptr - start));
    return TM_OK;
}

tm_error tm_der_only(tm_bytes whole, uint8_t tag, tm_bytes *content) {
    TM_TRY(tm_der_next(&whole, tag, content));
    return tm_der_end(whole);
}

tm_error tm_der_boolean(tm_bytes *rest, bool *value) {
    tm_bytes content;
    TM_TRY(tm_der_next(rest, TM_DER_BOOLEAN, &content));
    if (content.len != 1 || (content.ptr[0] != 0x00 && content.ptr[0] != 0xff)) return TM_ERROR_DER_MALFORMED;
    *value = content.ptr[0] == 0xff;
    return TM_OK;
}

tm_error tm_der_integer(tm_bytes *rest, tm_bytes *contents) {
    TM_TRY(tm_der_next(rest, TM_DER_INTEGER, contents));
    if (contents->len == 0) return TM_ERROR_DER_MALFORMED;
    if (contents->len == 1) return TM_OK;
    const uint8_t first = contents->ptr[0];
    const bool sign_repeated = first == (contents->ptr[1] < 0x80 ? 0x00 : 0xff);
    return sign_repeated ? TM_ERROR_DER_MALFORMED : TM_OK;
}

tm_error tm_der_uint(tm_bytes *rest, uint64_t *value) {
    tm_bytes contents;
    TM_TRY(tm_der_integer(rest, &contents));
    const bool wide = contents.len > 9 || (contents.len == 9 && contents.ptr[0] != 0);
    if (contents.ptr[0] >= 0x80 || wide) return TM_ERROR_DER_MALFORMED;
    *value = 0;
    for (size_t i = 0; i < contents.len; i++) *value = *value << 8 | contents.ptr[i];
    return TM_OK;
}

tm_error tm_der_oid(tm_bytes *rest, tm_bytes *contents) {
    TM_TRY(tm_der_next(rest, TM_DER_OID, contents));
    bool arc_start = true;
    for (size_t i = 0; i < contents->len; i++) {
        if (arc_start && contents->ptr[i] == 0x80) return TM_ERROR_DER_MALFORMED;
        arc_start = contents->ptr[i] < 0x80;
    }
    return contents->len > 0 && arc_start ? TM_OK : TM_ERROR_DER_MALFORMED;
}

tm_error tm_der_bit_bytes(tm_bytes *rest, tm_bytes *bits) {
    tm_bytes content;
    TM_TRY(tm_der_next(rest, TM_DER_BIT_STRING, &content));
    if (content.len == 0 || content.ptr[0] != 0) return TM_ERROR_DER_MALFORMED;
    *bits = tm_bytes_of(content.ptr + 1, content.len - 1);
    return TM_OK;
}

tm_error tm_der_bit_names(tm_bytes *rest, uint16_t *bits) {
    tm_bytes content;
    TM_TRY(tm_der_next(rest, TM_DER_BIT_STRING, &content));
    if (content.len == 0 || content.len > 3 || content.ptr[0] > 7) return TM_ERROR_DER_MALFORMED;
    const uint8_t unused = content.ptr[0];
    if (content.len == 1) {
        *bits = 0;
        return unused == 0 ? TM_OK : TM_ERROR_DER_MALFORMED;
    }
    // The last bit in use is a 1, the unused ones are 0: the last byte has exactly this many trailing zeros.
    const uint8_t last = content.ptr[content.len - 1];
    if ((last & (uint8_t)((2u << unused) - 1)) != 1u << unused) return TM_ERROR_DER_MALFORMED;
    *bits = (uint16_t)(content.ptr[1] << 8 | (content.len == 3 ? last : 0));
    return TM_OK;
}

tm_error tm_der_end(tm_bytes rest) {
    return rest.len == 0 ? TM_OK : TM_ERROR_DER_MALFORMED;
}
