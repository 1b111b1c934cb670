// SPDX-License-Identifier: Apache-2.0
// Keccak-256 as Ethereum uses it: rate 136, padding 0x01 (not SHA-3's 0x06). Lanes are held bit-interleaved, even bits
// in one 32-bit word and odd bits in the next, so that a 64-bit rotation is two 32-bit ones.
#ifndef TM_KECCAK_H
#define TM_KECCAK_H

#include <stddef.h>
#include <stdint.h>

#define TM_KECCAK256_SIZE 32
#define TM_KECCAK256_RATE 136

typedef struct {
    uint32_t lanes[50];
    uint8_t block[TM_KECCAK256_RATE];
    uint32_t fill;  // bytes in block, below the rate
} tm_keccak256_state;

void tm_keccak256_init(tm_keccak256_state *state);
void tm_keccak256_update(tm_keccak256_state *state, const void *data, size_t len);
void tm_keccak256_final(tm_keccak256_state *state, uint8_t digest[TM_KECCAK256_SIZE]);

void tm_keccak256(const void *data, size_t len, uint8_t digest[TM_KECCAK256_SIZE]);

#endif
