// SPDX-License-Identifier: Apache-2.0
// root[id] (protocol/words.md): which root certificate the manufacturer set on chain.
#ifndef TM_ROOT_WORD_H
#define TM_ROOT_WORD_H

#include "bytes.h"
#include "error.h"

// Where it stands in the board's storage.
void tm_root_slot(uint64_t manufacturer_id, uint8_t slot[32]);

// root_hash: SHA-256 of the certificate. WORD_MALFORMED, ROOT_WORD_MISMATCH.
tm_error tm_root_word_check(const uint8_t word[32], const uint8_t root_hash[32]);

#endif
