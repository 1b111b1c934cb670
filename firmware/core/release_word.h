// SPDX-License-Identifier: Apache-2.0
// release[id][manifest digest] (protocol/words.md): whether a release was announced, and stands.
#ifndef TM_RELEASE_WORD_H
#define TM_RELEASE_WORD_H

#include "bytes.h"
#include "error.h"

// Where it stands in the board's storage.
void tm_release_slot(uint64_t manufacturer_id, const uint8_t manifest_digest[32], uint8_t slot[32]);

// Announced with this security version at or before this block. WORD_MALFORMED, RELEASE_WITHDRAWN,
// RELEASE_SECURITY_VERSION, RELEASE_BLOCK.
tm_error tm_release_word_check(const uint8_t word[32], uint32_t security_version, uint64_t block);

#endif
