// SPDX-License-Identifier: Apache-2.0
// An execution-layer block header: an RLP list read by position through a small window. Ethereum has 21 to 23 fields,
// Polygon 16 or more with a long extraData; the other fields must be well-formed strings: hashed, not read.
#ifndef TM_BLOCK_HEADER_H
#define TM_BLOCK_HEADER_H

#include "source.h"

typedef struct {
    uint8_t hash[32];  // Keccak-256 of the whole source
    uint8_t state_root[32];
    uint64_t number;
    uint64_t timestamp;  // unix seconds
} tm_block_header;

// The source has to be the header and nothing else, within TM_LIMIT_HEADER_BYTES, TM_LIMIT_HEADER_FIELDS_MIN and _MAX.
// HEADER_MALFORMED otherwise.
tm_error tm_block_header_read(const tm_source *source, tm_block_header *header);

#endif
