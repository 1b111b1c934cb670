// SPDX-License-Identifier: Apache-2.0
#include "cbor_walk.h"

#include "cbor.h"

static tm_error head(tm_cbor_walk *walk, uint8_t major, uint64_t *value) {
    uint8_t found;
    TM_TRY(tm_cbor_head_at(&walk->source, &walk->off, &found, value));
    return found == major ? TM_OK : TM_ERROR_MESSAGE_FIELD;
}

tm_error tm_walk_uint(tm_cbor_walk *walk, uint64_t *value) {
    return head(walk, TM_CBOR_UINT, value);
}

tm_error tm_walk_array(tm_cbor_walk *walk, uint32_t min, uint32_t max, uint32_t *count) {
    uint64_t items;
    TM_TRY(head(walk, TM_CBOR_ARRAY, &items));
    if (items < min || items > max) return TM_ERROR_MESSAGE_FIELD;
    *count = (uint32_t)items;
    return TM_OK;
}

tm_error tm_walk_array_of(tm_cbor_walk *walk, uint32_t count) {
    uint32_t same;
    return tm_walk_array(walk, count, count, &same);
}

tm_error tm_walk_bstr(tm_cbor_walk *walk, uint32_t min, uint32_t max, tm_span *span) {
    uint64_t len;
    TM_TRY(head(walk, TM_CBOR_BSTR, &len));
    if (len < min || len > max) return TM_ERROR_MESSAGE_FIELD;
    if (len > walk->source.len - walk->off) return TM_ERROR_CBOR_MALFORMED;
    *span = (tm_span){walk->off, (uint32_t)len};
    walk->off += (uint32_t)len;
    return TM_OK;
}

tm_error tm_walk_fixed(tm_cbor_walk *walk, void *to, uint32_t len) {
    tm_span span;
    TM_TRY(tm_walk_bstr(walk, len, len, &span));
    return tm_source_read(&walk->source, span.off, to, len);
}

tm_error tm_walk_end(const tm_cbor_walk *walk) {
    return walk->off == walk->source.len ? TM_OK : TM_ERROR_CBOR_MALFORMED;
}

tm_error tm_form(tm_error error, tm_error code) {
    switch (error) {
    case TM_ERROR_CBOR_MALFORMED:
    case TM_ERROR_CBOR_NOT_DETERMINISTIC:
    case TM_ERROR_CBOR_TOO_DEEP:
    case TM_ERROR_MESSAGE_FIELD: return code;
    default: return error;
    }
}
