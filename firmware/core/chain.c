// SPDX-License-Identifier: Apache-2.0
#include "chain.h"

#include "cbor.h"
#include "trust_statement.h"
#include "witness.h"

#define MEMBERS 9u

static tm_error walk_statements(tm_cbor_walk *walk, tm_chain_list *list) {
    tm_trust_statement statement;
    TM_TRY(tm_walk_array(walk, 0, TM_LIMIT_TRUST_STATEMENTS, &list->count));
    list->off = walk->off;
    for (uint32_t i = 0; i < list->count; i++) TM_TRY(tm_trust_statement_read(walk, &statement));
    return TM_OK;
}

static tm_error walk_witnesses(tm_cbor_walk *walk, tm_chain_list *list) {
    tm_witness_signature signature;
    TM_TRY(tm_walk_array(walk, 1, TM_LIMIT_WITNESSES_MAX, &list->count));
    list->off = walk->off;
    for (uint32_t i = 0; i < list->count; i++) TM_TRY(tm_witness_signature_read(walk, &signature));
    return TM_OK;
}

// How many nodes and how long they may be is the trie's to judge.
static tm_error walk_nodes(tm_cbor_walk *walk, tm_chain_list *list) {
    tm_span node;
    TM_TRY(tm_walk_array(walk, 0, TM_LIMIT_CBOR_ITEMS, &list->count));
    list->off = walk->off;
    for (uint32_t i = 0; i < list->count; i++) TM_TRY(tm_walk_bstr(walk, 0, walk->source.len, &node));
    return TM_OK;
}

static tm_error walk_chain(tm_chain *chain) {
    tm_cbor_walk walk = {chain->source, 0};
    uint64_t layout;
    TM_TRY(tm_walk_array_of(&walk, MEMBERS));
    TM_TRY(tm_walk_uint(&walk, &layout));
    if (layout != TM_CHAIN_LAYOUT) return TM_ERROR_CHAIN_MALFORMED;
    TM_TRY(walk_statements(&walk, &chain->statements));
    TM_TRY(tm_walk_bstr(&walk, 1, TM_LIMIT_HEADER_BYTES, &chain->header));
    TM_TRY(tm_walk_fixed(&walk, chain->nonce, sizeof chain->nonce));
    TM_TRY(walk_witnesses(&walk, &chain->witnesses));
    TM_TRY(walk_nodes(&walk, &chain->account));
    TM_TRY(walk_nodes(&walk, &chain->license));
    TM_TRY(walk_nodes(&walk, &chain->release));
    TM_TRY(walk_nodes(&walk, &chain->root));
    return tm_walk_end(&walk);
}

tm_error tm_chain_open(const tm_source *source, tm_chain *chain) {
    chain->source = *source;
    return tm_form(walk_chain(chain), TM_ERROR_CHAIN_MALFORMED);
}
