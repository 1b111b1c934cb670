// SPDX-License-Identifier: Apache-2.0
// Merkle-Patricia proofs (yellow paper, appendix D) under a 32-byte hashed key: Ethereum's state and storage tries.
// Nodes come one at a time, root first, into one buffer; each is bound by its hash to the one before it, and every node
// on offer has to be used. No nodes at all prove absence only under the root of the empty trie.
#ifndef TM_TRIE_H
#define TM_TRIE_H

#include "bytes.h"
#include "error.h"

typedef struct tm_trie_nodes {
    // Copies the next node to buf and sets len. A node longer than size is PROOF_NODE_MALFORMED.
    tm_error (*next)(struct tm_trie_nodes *nodes, uint8_t *buf, size_t size, size_t *len);
    uint32_t count;  // nodes on offer; next is called at most so often
} tm_trie_nodes;

typedef struct {
    uint8_t node[TM_LIMIT_TRIE_NODE_BYTES];
} tm_trie_buffer;

// TM_OK: the trie with this root maps key to value, which points into buffer.
// absent (the caller's code): a complete proof that the key is not there.
// PROOF_*, RLP_MALFORMED: not a proof of either.
tm_error tm_trie_prove(const uint8_t root[32], const uint8_t key[32], tm_trie_nodes *nodes, tm_trie_buffer *buffer,
                       tm_error absent, tm_bytes *value);

#endif
