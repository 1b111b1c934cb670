// SPDX-License-Identifier: Apache-2.0
// The chip key between chip.c, which uses it, and one_time.c, which burns it.
#ifndef TM_ESP32C3_CHIP_H
#define TM_ESP32C3_CHIP_H

#include "bytes.h"
#include "error.h"

#define CHIP_KEY_NONE 0u

uint32_t chip_key_block(void);  // that holds the whole key, or CHIP_KEY_NONE

// HMAC-SHA-256 by the accelerator, over the parts in a row.
tm_error chip_hmac(uint32_t block, const tm_bytes *parts, size_t count, uint8_t mac[32]);

#endif
