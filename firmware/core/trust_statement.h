// SPDX-License-Identifier: Apache-2.0
// A trust statement: the only way in which a unit's trust changes (protocol/chain.md).
#ifndef TM_TRUST_STATEMENT_H
#define TM_TRUST_STATEMENT_H

#include "anchor.h"
#include "cbor_walk.h"

typedef struct {
    uint8_t old_hash[32];        // trust hash that it starts from
    tm_span block;               // the new trust block
    uint64_t floor_number;
    uint64_t floor_timestamp;    // unix seconds
    uint32_t signatures_off;     // in the walked source
    uint32_t signatures_count;
    tm_span new_root;            // DER; len 0: none
} tm_trust_statement;

// Form only. CBOR_*, MESSAGE_FIELD.
tm_error tm_trust_statement_read(tm_cbor_walk *walk, tm_trust_statement *statement);

// Scratch for one block or certificate.
typedef struct {
    uint8_t bytes[TM_LIMIT_CERTIFICATE_BYTES];
} tm_statement_buffer;

// The new block's trust, floor fields zero. TRUST_BLOCK_MALFORMED.
tm_error tm_trust_statement_block(const tm_source *chain, const tm_trust_statement *statement,
                                  tm_statement_buffer *buffer, tm_trust *trust);

// Moves anchor to the statement's trust. least_floor: the former statement's floor number in this chain, or 0.
// TRUST_*, ROOT_MISMATCH, CERT_*, SIGNATURE_*; anchor is then worthless.
tm_error tm_trust_statement_apply(const tm_source *chain, const tm_trust_statement *statement, uint64_t least_floor,
                                  tm_statement_buffer *buffer, tm_anchor *anchor);

#endif
