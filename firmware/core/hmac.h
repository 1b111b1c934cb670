// SPDX-License-Identifier: Apache-2.0
// HMAC-SHA-256 (RFC 2104, FIPS 198-1).
#ifndef TM_HMAC_H
#define TM_HMAC_H

#include "sha256.h"

typedef struct {
    tm_sha256_state inner;
    uint8_t key[TM_SHA256_BLOCK];
} tm_hmac_state;

void tm_hmac_init(tm_hmac_state *state, const void *key, size_t key_len);
void tm_hmac_update(tm_hmac_state *state, const void *data, size_t len);
// Wipes the state.
void tm_hmac_final(tm_hmac_state *state, uint8_t tag[TM_SHA256_SIZE]);

void tm_hmac(const void *key, size_t key_len, const void *data, size_t len, uint8_t tag[TM_SHA256_SIZE]);

#endif
