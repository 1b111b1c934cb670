// SPDX-License-Identifier: Apache-2.0
// Walks deterministic CBOR that stays in its source, item by item: for what is too large for memory. Errors: CBOR_*, and
// MESSAGE_FIELD for another type or a size outside the caller's bounds; tm_form turns them into the format's own code.
#ifndef TM_CBOR_WALK_H
#define TM_CBOR_WALK_H

#include "source.h"

typedef struct {
    tm_source source;
    uint32_t off;
} tm_cbor_walk;

// Where a byte string's contents stand in the walked source.
typedef struct {
    uint32_t off;
    uint32_t len;
} tm_span;

tm_error tm_walk_uint(tm_cbor_walk *walk, uint64_t *value);
tm_error tm_walk_array(tm_cbor_walk *walk, uint32_t min, uint32_t max, uint32_t *count);
// Exactly count items.
tm_error tm_walk_array_of(tm_cbor_walk *walk, uint32_t count);
tm_error tm_walk_bstr(tm_cbor_walk *walk, uint32_t min, uint32_t max, tm_span *span);
// A byte string of exactly len bytes, copied.
tm_error tm_walk_fixed(tm_cbor_walk *walk, void *to, uint32_t len);
// Nothing may be left.
tm_error tm_walk_end(const tm_cbor_walk *walk);

// A refusal of CBOR becomes the code of the format that is being read; others stay what they are.
tm_error tm_form(tm_error error, tm_error code);

#endif
