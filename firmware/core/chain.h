// SPDX-License-Identifier: Apache-2.0
// The form of #chain (protocol/chain.md): where its parts stand in the source. Nothing is believed yet.
#ifndef TM_CHAIN_H
#define TM_CHAIN_H

#include "cbor_walk.h"

// An array's items from off on.
typedef struct {
    uint32_t off;
    uint32_t count;
} tm_chain_list;

typedef struct {
    tm_source source;
    tm_chain_list statements;  // trust statements
    tm_span header;            // RLP
    uint8_t nonce[32];
    tm_chain_list witnesses;
    tm_chain_list account;     // trie nodes; count 0: not offered
    tm_chain_list license;
    tm_chain_list release;
    tm_chain_list root;
} tm_chain;

// CHAIN_MALFORMED unless the source is one chain of layout 1 and nothing else.
tm_error tm_chain_open(const tm_source *source, tm_chain *chain);

#endif
