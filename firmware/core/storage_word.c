// SPDX-License-Identifier: Apache-2.0
#include "storage_word.h"

#include <string.h>

#include "keccak.h"

tm_error tm_storage_word_decode(tm_bytes leaf, uint8_t word[32]) {
    if (leaf.len != 33 || leaf.ptr[0] != 0xa0 || leaf.ptr[1] == 0) return TM_ERROR_WORD_MALFORMED;
    memcpy(word, leaf.ptr + 1, 32);
    return TM_OK;
}

void tm_storage_slot(const uint8_t key[32], const uint8_t base[32], uint8_t out[32]) {
    tm_keccak256_state hash;
    tm_keccak256_init(&hash);
    tm_keccak256_update(&hash, key, 32);
    tm_keccak256_update(&hash, base, 32);
    tm_keccak256_final(&hash, out);
}

void tm_storage_slot_of_id(uint64_t id, const uint8_t base[32], uint8_t out[32]) {
    uint8_t key[32] = {0};
    tm_store64_be(key + 24, id);
    tm_storage_slot(key, base, out);
}
