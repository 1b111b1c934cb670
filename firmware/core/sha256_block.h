// SPDX-License-Identifier: Apache-2.0
// The compression function of SHA-256 (FIPS 180-4, section 6.2.2). A port whose chip has an accelerator brings its own
// in place of sha256_block.c, under this name.
#ifndef TM_SHA256_BLOCK_H
#define TM_SHA256_BLOCK_H

#include "sha256.h"

void tm_sha256_block(uint32_t state[8], const uint8_t block[TM_SHA256_BLOCK]);

#endif
