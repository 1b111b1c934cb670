// SPDX-License-Identifier: Apache-2.0
#include "board_proof.h"

#include "account.h"
#include "keccak.h"
#include "storage_word.h"

typedef struct {
    tm_trie_nodes nodes;  // first: the trie sees only this
    tm_cbor_walk walk;
} proof_nodes;

static tm_error next_node(tm_trie_nodes *nodes, uint8_t *buf, size_t size, size_t *len) {
    proof_nodes *proof = (proof_nodes *)nodes;
    tm_span node;
    TM_TRY(tm_walk_bstr(&proof->walk, 0, proof->walk.source.len, &node));
    if (node.len > size) return TM_ERROR_PROOF_NODE_MALFORMED;
    *len = node.len;
    return tm_source_read(&proof->walk.source, node.off, buf, node.len);
}

static tm_error prove(const tm_chain *chain, const tm_chain_list *list, const uint8_t root[32], const uint8_t key[32],
                      tm_trie_buffer *buffer, tm_error absent, tm_bytes *value) {
    proof_nodes proof = {.nodes = {next_node, list->count}, .walk = {chain->source, list->off}};
    return tm_trie_prove(root, key, &proof.nodes, buffer, absent, value);
}

tm_error tm_board_account(const tm_chain *chain, const tm_trust *trust, const uint8_t state_root[32],
                          tm_trie_buffer *buffer, uint8_t storage_root[32]) {
    uint8_t key[32];
    tm_bytes leaf;
    tm_account account;
    tm_keccak256(trust->board, sizeof trust->board, key);
    TM_TRY(prove(chain, &chain->account, state_root, key, buffer, TM_ERROR_ACCOUNT_ABSENT, &leaf));
    TM_TRY(tm_account_decode(leaf, &account));
    if (!tm_equal(account.code_hash, trust->board_code_hash, sizeof account.code_hash)) {
        return TM_ERROR_ACCOUNT_CODE_HASH;
    }
    for (uint32_t i = 0; i < 32; i++) storage_root[i] = account.storage_root[i];
    return TM_OK;
}

tm_error tm_board_word(const tm_chain *chain, const tm_chain_list *proof, const uint8_t storage_root[32],
                       const uint8_t slot[32], tm_trie_buffer *buffer, tm_proved_word *word) {
    const tm_error absent = TM_ERROR_LICENSE_ABSENT;  // any code that the trie has none of
    uint8_t key[32];
    tm_bytes leaf;
    tm_keccak256(slot, 32, key);
    word->present = false;
    const tm_error error = prove(chain, proof, storage_root, key, buffer, absent, &leaf);
    if (error == absent) return TM_OK;
    TM_TRY(error);
    TM_TRY(tm_storage_word_decode(leaf, word->bytes));
    word->present = true;
    return TM_OK;
}
