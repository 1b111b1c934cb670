// SPDX-License-Identifier: Apache-2.0
#include "root_word.h"

#include "storage_word.h"

void tm_root_slot(uint64_t manufacturer_id, uint8_t slot[32]) {
    static const uint8_t base[32] = TM_SLOT_BASE_ROOT;
    tm_storage_slot_of_id(manufacturer_id, base, slot);
}

tm_error tm_root_word_check(const uint8_t word[32], const uint8_t root_hash[32]) {
    if (word[TM_WORD_ROOT_LAYOUT_OFFSET] != TM_WORD_LAYOUT) return TM_ERROR_WORD_MALFORMED;
    return tm_equal(word + TM_WORD_ROOT_ROOT_HASH_PREFIX_OFFSET, root_hash, TM_WORD_ROOT_ROOT_HASH_PREFIX_BYTES)
               ? TM_OK
               : TM_ERROR_ROOT_WORD_MISMATCH;
}
