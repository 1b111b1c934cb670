// SPDX-License-Identifier: Apache-2.0
// CBOR reader (RFC 8949). tm_cbor_open checks the whole input once, for form, TM_LIMIT_CBOR_DEPTH, TM_LIMIT_CBOR_ITEMS
// (in one array, or keys and values in one map) and, unless tolerant, for
// deterministic encoding (section 4.2.1); then typed reads walk it. A container opens as a cursor over its own items.
//
//     tm_cbor in, map;
//     TM_TRY(tm_cbor_open(&in, bytes, TM_CBOR_STRICT));
//     TM_TRY(tm_cbor_map(&in, &map));
//     while (!tm_cbor_done(&map)) {
//         int64_t key;
//         TM_TRY(tm_cbor_int(&map, &key));
//         ...read or tm_cbor_skip one value...
//     }
//     return tm_cbor_end(&in);
//
// Errors: CBOR_MALFORMED (cut off, reserved form, duplicate key, too many items, bytes left over),
// CBOR_NOT_DETERMINISTIC (long head, indefinite length, key order, float), CBOR_TOO_DEEP, and MESSAGE_FIELD where the
// item is not of the type or range that the caller asked for.
#ifndef TM_CBOR_H
#define TM_CBOR_H

#include "bytes.h"
#include "error.h"
#include "source.h"

typedef enum {
    TM_CBOR_STRICT,    // what we write: deterministic; no float, no undefined
    TM_CBOR_TOLERANT,  // what SMP clients write: any key order, long heads, indefinite arrays and maps, floats skipped
} tm_cbor_mode;

enum {
    TM_CBOR_UINT = 0,
    TM_CBOR_NINT = 1,
    TM_CBOR_BSTR = 2,
    TM_CBOR_TSTR = 3,
    TM_CBOR_ARRAY = 4,
    TM_CBOR_MAP = 5,
    TM_CBOR_TAG = 6,
    TM_CBOR_SIMPLE = 7,
};

typedef struct {
    const uint8_t *next;
    const uint8_t *end;
    tm_cbor_mode mode;
} tm_cbor;

// Checks that bytes hold exactly one item and starts a cursor on it.
tm_error tm_cbor_open(tm_cbor *in, tm_bytes bytes, tm_cbor_mode mode);

// Major type of the next item; TM_CBOR_SIMPLE + 1 at the end.
uint8_t tm_cbor_type(const tm_cbor *in);

tm_error tm_cbor_uint(tm_cbor *in, uint64_t *value);
tm_error tm_cbor_uint32(tm_cbor *in, uint32_t *value);
tm_error tm_cbor_int(tm_cbor *in, int64_t *value);
tm_error tm_cbor_bstr(tm_cbor *in, tm_bytes *value);
// A byte string of exactly len bytes, copied.
tm_error tm_cbor_bstr_fixed(tm_cbor *in, void *value, size_t len);
tm_error tm_cbor_tstr(tm_cbor *in, tm_bytes *value);
tm_error tm_cbor_bool(tm_cbor *in, bool *value);
tm_error tm_cbor_null(tm_cbor *in);
// The tag's number; its content is the next item.
tm_error tm_cbor_tag(tm_cbor *in, uint64_t *number);

// A cursor over the items (of a map: key, value, key, value); in moves behind the container.
tm_error tm_cbor_array(tm_cbor *in, tm_cbor *items);
tm_error tm_cbor_map(tm_cbor *in, tm_cbor *items);
// Items from the cursor to its end.
uint32_t tm_cbor_count(const tm_cbor *items);

// The value of a text key in a map's cursor, which stays where it is; an absent key gives a cursor that is done.
tm_error tm_cbor_find(const tm_cbor *items, const char *key, tm_cbor *value);

// Any one item, whole and encoded.
tm_error tm_cbor_item(tm_cbor *in, tm_bytes *encoded);
tm_error tm_cbor_skip(tm_cbor *in);

bool tm_cbor_done(const tm_cbor *in);
// Nothing may be left.
tm_error tm_cbor_end(const tm_cbor *in);

// One deterministic head in a source; off moves behind it. For walking what is too large for memory.
tm_error tm_cbor_head_at(const tm_source *source, uint32_t *off, uint8_t *major, uint64_t *value);

#endif
