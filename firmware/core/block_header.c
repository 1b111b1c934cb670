// SPDX-License-Identifier: Apache-2.0
#include "block_header.h"

#include "rlp.h"
#include "source_hash.h"

#define HEAD_MAX 5u  // bytes: the longest prefix that a header within its bounds can hold, and one more
#define UINT_MAX_BYTES 6u

static tm_error span_at(const tm_source *source, uint32_t off, tm_rlp_span *span) {
    uint8_t head[HEAD_MAX];
    const uint32_t left = source->len - off;
    const size_t len = left < HEAD_MAX ? left : HEAD_MAX;
    TM_TRY(tm_source_read(source, off, head, len));
    TM_TRY(tm_rlp_span_read(tm_bytes_of(head, len), span));
    return span->payload <= left - span->prefix ? TM_OK : TM_ERROR_HEADER_MALFORMED;
}

static tm_error uint_at(const tm_source *source, uint32_t off, uint32_t len, uint64_t *value) {
    uint8_t payload[UINT_MAX_BYTES];
    if (len > sizeof payload) return TM_ERROR_HEADER_MALFORMED;
    TM_TRY(tm_source_read(source, off, payload, len));
    return tm_rlp_uint(tm_bytes_of(payload, len), value);
}

static tm_error read_field(const tm_source *source, uint32_t position, uint32_t off, uint32_t len,
                           tm_block_header *header) {
    switch (position) {
    case TM_CHAIN_HEADER_FIELD_STATE_ROOT:
        if (len != sizeof header->state_root) return TM_ERROR_HEADER_MALFORMED;
        return tm_source_read(source, off, header->state_root, len);
    case TM_CHAIN_HEADER_FIELD_NUMBER: return uint_at(source, off, len, &header->number);
    case TM_CHAIN_HEADER_FIELD_TIMESTAMP: return uint_at(source, off, len, &header->timestamp);
    default: return TM_OK;
    }
}

static tm_error read_list(const tm_source *source, tm_block_header *header) {
    tm_rlp_span span;
    TM_TRY(span_at(source, 0, &span));
    if (!span.is_list || span.prefix + span.payload != source->len) return TM_ERROR_HEADER_MALFORMED;
    uint32_t off = span.prefix;
    uint32_t fields = 0;
    for (; off < source->len; fields++) {
        TM_TRY(span_at(source, off, &span));
        if (span.is_list || fields == TM_LIMIT_HEADER_FIELDS_MAX) return TM_ERROR_HEADER_MALFORMED;
        TM_TRY(read_field(source, fields, off + span.prefix, span.payload, header));
        off += span.prefix + span.payload;
    }
    return fields >= TM_LIMIT_HEADER_FIELDS_MIN ? TM_OK : TM_ERROR_HEADER_MALFORMED;
}

tm_error tm_block_header_read(const tm_source *source, tm_block_header *header) {
    if (source->len == 0 || source->len > TM_LIMIT_HEADER_BYTES) return TM_ERROR_HEADER_MALFORMED;
    if (read_list(source, header) != TM_OK) return TM_ERROR_HEADER_MALFORMED;
    return tm_keccak256_source(source, header->hash);
}
