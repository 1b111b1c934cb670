// SPDX-License-Identifier: Apache-2.0
// A block that k of the trust block's witnesses vouch for: header, and EIP-712 signatures over BlockWitness.
#ifndef TM_WITNESS_H
#define TM_WITNESS_H

#include "chain.h"
#include "block_header.h"
#include "trust_block.h"

typedef struct {
    uint64_t index;  // into the trust block's witnesses
    uint8_t signature[64];
} tm_witness_signature;

// CBOR_*, MESSAGE_FIELD.
tm_error tm_witness_signature_read(tm_cbor_walk *walk, tm_witness_signature *signature);

// What a witness of this trust signs for this block and nonce.
void tm_witness_digest(const tm_trust *trust, const tm_block_header *block, const uint8_t nonce[32],
                       uint8_t digest[32]);

// The chain's header, once its hash, number and timestamp are vouched for; all of it is read, parsed and verified twice.
// HEADER_MALFORMED, WITNESS_INDEX, WITNESS_QUORUM, WITNESS_SIGNATURE, SIGNATURE_HIGH_S.
tm_error tm_witnessed_block(const tm_chain *chain, const tm_trust *trust, tm_block_header *block);

#endif
