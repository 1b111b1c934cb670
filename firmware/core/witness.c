// SPDX-License-Identifier: Apache-2.0
#include "witness.h"

#include <string.h>

#include "ecdsa.h"
#include "eip712.h"
#include "signed.h"

tm_error tm_witness_signature_read(tm_cbor_walk *walk, tm_witness_signature *signature) {
    TM_TRY(tm_walk_array_of(walk, 2));
    TM_TRY(tm_walk_uint(walk, &signature->index));
    return tm_walk_fixed(walk, signature->signature, sizeof signature->signature);
}

void tm_witness_digest(const tm_trust *trust, const tm_block_header *block, const uint8_t nonce[32],
                       uint8_t digest[32]) {
    static const uint8_t type_hash[32] = TM_TYPE_HASH_BLOCK_WITNESS;
    const tm_eip712_word members[] = {
        tm_eip712_uint(block->number), tm_eip712_bytes32(block->hash), tm_eip712_uint(block->timestamp),
        tm_eip712_uint(trust->epoch),  tm_eip712_bytes32(nonce),
    };
    tm_eip712_witness_digest(trust->chain_id, type_hash, members, sizeof members / sizeof *members, digest);
}

// Known, and strictly ascending: so every witness counts once.
static tm_error check_indexes(const tm_chain *chain, const tm_trust *trust) {
    tm_cbor_walk walk = {chain->source, chain->witnesses.off};
    uint64_t next = 0;
    for (uint32_t i = 0; i < chain->witnesses.count; i++) {
        tm_witness_signature signature;
        TM_TRY(tm_witness_signature_read(&walk, &signature));
        if (signature.index < next || signature.index >= trust->witness_count) return TM_ERROR_WITNESS_INDEX;
        next = signature.index + 1;
    }
    return chain->witnesses.count >= trust->witness_threshold ? TM_OK : TM_ERROR_WITNESS_QUORUM;
}

static tm_error verify_all(const tm_chain *chain, const tm_trust *trust, const uint8_t digest[32]) {
    tm_cbor_walk walk = {chain->source, chain->witnesses.off};
    uint32_t verified = 0;
    for (uint32_t i = 0; i < chain->witnesses.count; i++) {
        tm_witness_signature signature;
        TM_TRY(tm_witness_signature_read(&walk, &signature));
        if (signature.index >= trust->witness_count) return TM_ERROR_WITNESS_INDEX;
        TM_TRY(tm_signed(tm_ecdsa_verify(digest, signature.signature, trust->keys[signature.index]),
                         TM_ERROR_WITNESS_SIGNATURE));
        verified++;
    }
    return verified >= trust->witness_threshold ? TM_OK : TM_ERROR_WITNESS_QUORUM;
}

static tm_error witnessed_once(const tm_chain *chain, const tm_trust *trust, tm_block_header *block) {
    tm_source header;
    uint8_t digest[32];
    memset(block, 0, sizeof *block);  // padding, too: results are compared whole
    TM_TRY(tm_source_slice(&chain->source, chain->header.off, chain->header.len, &header));
    TM_TRY(tm_block_header_read(&header, block));
    TM_TRY(check_indexes(chain, trust));
    tm_witness_digest(trust, block, chain->nonce, digest);
    return verify_all(chain, trust, digest);
}

tm_error tm_witnessed_block(const tm_chain *chain, const tm_trust *trust, tm_block_header *block) {
    tm_block_header again;
    TM_TRY(witnessed_once(chain, trust, block));
    TM_TRY(witnessed_once(chain, trust, &again));
    return memcmp(block, &again, sizeof again) == 0 ? TM_OK : TM_ERROR_INTERNAL;
}
