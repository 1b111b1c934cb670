// SPDX-License-Identifier: Apache-2.0
// The value of a leaf in a storage trie. The board's words have a non-zero top byte, so their RLP has one length only:
// 0xa0 and 32 bytes.
#ifndef TM_STORAGE_WORD_H
#define TM_STORAGE_WORD_H

#include "bytes.h"
#include "error.h"

// WORD_MALFORMED unless it is 0xa0 and 32 bytes, the first not zero.
tm_error tm_storage_word_decode(tm_bytes leaf, uint8_t word[32]);

// Solidity's slot of mapping[key] where the mapping lies at base: keccak256(key . base). out may be base.
void tm_storage_slot(const uint8_t key[32], const uint8_t base[32], uint8_t out[32]);

// The same for a number as the key.
void tm_storage_slot_of_id(uint64_t id, const uint8_t base[32], uint8_t out[32]);

#endif
