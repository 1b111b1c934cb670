// SPDX-License-Identifier: Apache-2.0
// eFuse controller (TRM 4): bits of block 0 one by one, other blocks whole and once, with their Reed-Solomon words.
//
//     block | use
//     0     | protections, purposes, the plan of fuses, SECURE_VERSION: rollback mirror (10 bits) and epoch mirror (6)
//     3     | lock mark
//     4, 5  | chip key: two places
//     6, 7  | constant hash: two places
//     8, 9  | left to digests of the mask ROM's own secure boot
#ifndef TM_ESP32C3_EFUSE_H
#define TM_ESP32C3_EFUSE_H

#include "bytes.h"
#include "error.h"

#define EFUSE_BLOCK_BYTES 32u
#define EFUSE_KEY_PURPOSE_HMAC_UPSTREAM 8u

// Words of block 0.
enum { EFUSE_WRITE_DISABLE, EFUSE_REPEAT0, EFUSE_REPEAT1, EFUSE_REPEAT2, EFUSE_REPEAT3 };

uint32_t efuse_word(uint32_t word);
bool efuse_all(uint32_t word, uint32_t bits);

// Burns what of bits is not burned yet. ONE_TIME_MEMORY where it does not read back.
tm_error efuse_burn(uint32_t word, uint32_t bits);

void efuse_block_read(uint32_t block, uint8_t bytes[EFUSE_BLOCK_BYTES]);

// Burns and reads back. ONE_TIME_MEMORY where it reads otherwise, even if correctably, or a bit is burned that bytes has not.
tm_error efuse_block_burn(uint32_t block, const uint8_t bytes[EFUSE_BLOCK_BYTES]);

bool efuse_block_closed(uint32_t block);  // against writing: its contents are whole
tm_error efuse_block_close(uint32_t block);
bool efuse_block_hidden(uint32_t block);  // against reading, for software
tm_error efuse_block_hide(uint32_t block);

uint32_t efuse_purpose(uint32_t block);
tm_error efuse_purpose_burn(uint32_t block, uint32_t purpose);

#endif
