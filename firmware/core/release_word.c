// SPDX-License-Identifier: Apache-2.0
#include "release_word.h"

#include "storage_word.h"

#define FIELD(word, NAME) ((word) + TM_WORD_RELEASE_##NAME##_OFFSET)

void tm_release_slot(uint64_t manufacturer_id, const uint8_t manifest_digest[32], uint8_t slot[32]) {
    static const uint8_t base[32] = TM_SLOT_BASE_RELEASE;
    tm_storage_slot_of_id(manufacturer_id, base, slot);
    tm_storage_slot(manifest_digest, slot, slot);
}

tm_error tm_release_word_check(const uint8_t word[32], uint32_t security_version, uint64_t block) {
    const uint8_t status = *FIELD(word, STATUS);
    if (*FIELD(word, LAYOUT) != TM_WORD_LAYOUT) return TM_ERROR_WORD_MALFORMED;
    if (status == TM_WORD_RELEASE_STATUS_WITHDRAWN) return TM_ERROR_RELEASE_WITHDRAWN;
    if (status != TM_WORD_RELEASE_STATUS_ANNOUNCED) return TM_ERROR_WORD_MALFORMED;
    if (tm_load32_be(FIELD(word, SECURITY_VERSION)) != security_version) return TM_ERROR_RELEASE_SECURITY_VERSION;
    return tm_load48_be(FIELD(word, ANNOUNCED_BLOCK)) <= block ? TM_OK : TM_ERROR_RELEASE_BLOCK;
}
