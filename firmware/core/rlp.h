// SPDX-License-Identifier: Apache-2.0
// RLP (Ethereum yellow paper, appendix B), canonical encodings only. RLP_MALFORMED: a single byte below 0x80 behind a
// prefix, a long form where the short fits, a length with a leading zero, and anything cut off or left over.
#ifndef TM_RLP_H
#define TM_RLP_H

#include "bytes.h"
#include "error.h"

typedef struct {
    bool is_list;
    tm_bytes payload;  // a list's payload is its items, one after the other
    tm_bytes encoded;  // prefix and payload
} tm_rlp_item;

// How far a prefix of up to 9 bytes says an item reaches.
typedef struct {
    bool is_list;
    uint8_t prefix;    // bytes before the payload: 0 for a single byte below 0x80
    uint32_t payload;  // bytes
} tm_rlp_span;

// head: the first bytes of an item, as many as there are up to 9. Does not check that the payload is there.
tm_error tm_rlp_span_read(tm_bytes head, tm_rlp_span *span);

// Takes the first item off rest.
tm_error tm_rlp_next(tm_bytes *rest, tm_rlp_item *item);
tm_error tm_rlp_next_string(tm_bytes *rest, tm_bytes *payload);
tm_error tm_rlp_next_list(tm_bytes *rest, tm_bytes *items);
// A string of exactly len bytes, copied.
tm_error tm_rlp_next_fixed(tm_bytes *rest, void *out, size_t len);
// Big-endian, no leading zero, at most 8 bytes.
tm_error tm_rlp_next_uint(tm_bytes *rest, uint64_t *value);

tm_error tm_rlp_uint(tm_bytes payload, uint64_t *value);

// Nothing may be left.
tm_error tm_rlp_end(tm_bytes rest);

#endif
