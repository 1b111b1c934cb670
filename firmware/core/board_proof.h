// SPDX-License-Identifier: Apache-2.0
// The board's account under a state root, and its words under the account's storage root.
#ifndef TM_BOARD_PROOF_H
#define TM_BOARD_PROOF_H

#include "chain.h"
#include "chain_question.h"
#include "trie.h"
#include "trust_block.h"

// storage_root of the board that trust names. PROOF_*, RLP_MALFORMED, ACCOUNT_*.
tm_error tm_board_account(const tm_chain *chain, const tm_trust *trust, const uint8_t state_root[32],
                          tm_trie_buffer *buffer, uint8_t storage_root[32]);

// The word at this storage slot, or its absence. PROOF_*, RLP_MALFORMED, WORD_MALFORMED.
tm_error tm_board_word(const tm_chain *chain, const tm_chain_list *proof, const uint8_t storage_root[32],
                       const uint8_t slot[32], tm_trie_buffer *buffer, tm_proved_word *word);

#endif
