// SPDX-License-Identifier: Apache-2.0
// The accelerator in its typical mode (TRM 18.4), one block at a time: nobody's state stays in it.
#include "sha256_block.h"

#include "bytes.h"
#include "registers.h"

static uint32_t turned(uint32_t word) {
    return word << 24 | (word & 0xff00u) << 8 | (word >> 8 & 0xff00u) | word >> 24;
}

void tm_sha256_block(uint32_t state[8], const uint8_t block[TM_SHA256_BLOCK]) {
    esp_write(SHA_MODE, SHA_MODE_256);
    for (uint32_t i = 0; i < 8; i++) esp_write(SHA_STATE(i), turned(state[i]));
    for (uint32_t i = 0; i < 16; i++) esp_write(SHA_MESSAGE(i), tm_load32_le(block + 4u * i));
    esp_write(SHA_CONTINUE, 1);
    while (esp_read(SHA_BUSY) != 0) {
    }
    for (uint32_t i = 0; i < 8; i++) state[i] = turned(esp_read(SHA_STATE(i)));
}
