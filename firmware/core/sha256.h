// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4).
#ifndef TM_SHA256_H
#define TM_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define TM_SHA256_SIZE 32
#define TM_SHA256_BLOCK 64

typedef struct {
    uint32_t state[8];
    uint64_t length;  // bytes so far
    uint8_t block[TM_SHA256_BLOCK];
} tm_sha256_state;

void tm_sha256_init(tm_sha256_state *state);
void tm_sha256_update(tm_sha256_state *state, const void *data, size_t len);
void tm_sha256_final(tm_sha256_state *state, uint8_t digest[TM_SHA256_SIZE]);

void tm_sha256(const void *data, size_t len, uint8_t digest[TM_SHA256_SIZE]);

#endif
