// SPDX-License-Identifier: Apache-2.0
#include "rlp.h"

#include <string.h>

// Longest length that a long form may give: larger is refused before any arithmetic.
#define MAX_LENGTH_BYTES 4u

static tm_error long_length(tm_bytes head, uint32_t length_bytes, uint32_t *length) {
    if (length_bytes > MAX_LENGTH_BYTES || head.len < 1u + length_bytes) return TM_ERROR_RLP_MALFORMED;
    if (head.ptr[1] == 0) return TM_ERROR_RLP_MALFORMED;
    *length = 0;
    for (uint32_t i = 0; i < length_bytes; i++) *length = *length << 8 | head.ptr[1 + i];
    return *length < 56 ? TM_ERROR_RLP_MALFORMED : TM_OK;
}

tm_error tm_rlp_span_read(tm_bytes head, tm_rlp_span *span) {
    if (head.len == 0) return TM_ERROR_RLP_MALFORMED;
    const uint8_t first = head.ptr[0];
    if (first < 0x80) {
        *span = (tm_rlp_span){.is_list = false, .prefix = 0, .payload = 1};
        return TM_OK;
    }
    const uint32_t form = first < 0xc0 ? first - 0x80u : first - 0xc0u;
    *span = (tm_rlp_span){.is_list = first >= 0xc0, .prefix = 1, .payload = form};
    if (form >= 56) {
        const uint32_t length_bytes = form - 55;
        TM_TRY(long_length(head, length_bytes, &span->payload));
        span->prefix = (uint8_t)(1 + length_bytes);
    }
    // A single byte below 0x80 is its own encoding. Where head ends before it, the item is cut off anyway.
    if (first == 0x81 && (head.len < 2 || head.ptr[1] < 0x80)) return TM_ERROR_RLP_MALFORMED;
    return TM_OK;
}

tm_error tm_rlp_next(tm_bytes *rest, tm_rlp_item *item) {
    tm_rlp_span span;
    TM_TRY(tm_rlp_span_read(*rest, &span));
    if (span.payload > rest->len - span.prefix) return TM_ERROR_RLP_MALFORMED;
    const size_t total = span.prefix + span.payload;
    item->is_list = span.is_list;
    item->payload = tm_bytes_of(rest->ptr + span.prefix, span.payload);
    item->encoded = tm_bytes_of(rest->ptr, total);
    *rest = tm_bytes_of(rest->ptr + total, rest->len - total);
    return TM_OK;
}

static tm_error next_of_kind(tm_bytes *rest, bool is_list, tm_bytes *payload) {
    tm_rlp_item item;
    TM_TRY(tm_rlp_next(rest, &item));
    if (item.is_list != is_list) return TM_ERROR_RLP_MALFORMED;
    *payload = item.payload;
    return TM_OK;
}

tm_error tm_rlp_next_string(tm_bytes *rest, tm_bytes *payload) {
    return next_of_kind(rest, false, payload);
}

tm_error tm_rlp_next_list(tm_bytes *rest, tm_bytes *items) {
    return next_of_kind(rest, true, items);
}

tm_error tm_rlp_next_fixed(tm_bytes *rest, void *out, size_t len) {
    tm_bytes payload;
    TM_TRY(tm_rlp_next_string(rest, &payload));
    if (payload.len != len) return TM_ERROR_RLP_MALFORMED;
    memcpy(out, payload.ptr, len);
    return TM_OK;
}

tm_error tm_rlp_uint(tm_bytes payload, uint64_t *value) {
    if (payload.len > 8 || (payload.len > 0 && payload.ptr[0] == 0)) return TM_ERROR_RLP_MALFORMED;
    *value = 0;
    for (size_t i = 0; i < payload.len; i++) *value = *value << 8 | payload.ptr[i];
    return TM_OK;
}

tm_error tm_rlp_next_uint(tm_bytes *rest, uint64_t *value) {
    tm_bytes payload;
    TM_TRY(tm_rlp_next_string(rest, &payload));
    return tm_rlp_uint(payload, value);
}

tm_error tm_rlp_end(tm_bytes rest) {
    return rest.len == 0 ? TM_OK : TM_ERROR_RLP_MALFORMED;
}
