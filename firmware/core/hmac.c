// SPDX-License-Identifier: Apache-2.0
#include "hmac.h"

#include <string.h>

#include "bytes.h"

static void absorb_padded_key(tm_sha256_state *hash, const uint8_t key[TM_SHA256_BLOCK], uint8_t pad) {
    uint8_t padded[TM_SHA256_BLOCK];
    for (size_t i = 0; i < TM_SHA256_BLOCK; i++) padded[i] = key[i] ^ pad;
    tm_sha256_init(hash);
    tm_sha256_update(hash, padded, sizeof padded);
    tm_wipe(padded, sizeof padded);
}

void tm_hmac_init(tm_hmac_state *state, const void *key, size_t key_len) {
    memset(state->key, 0, sizeof state->key);
    if (key_len > TM_SHA256_BLOCK) {
        tm_sha256(key, key_len, state->key);
    } else if (key_len > 0) {
        memcpy(state->key, key, key_len);
    }
    absorb_padded_key(&state->inner, state->key, 0x36);
}

void tm_hmac_update(tm_hmac_state *state, const void *data, size_t len) {
    tm_sha256_update(&state->inner, data, len);
}

void tm_hmac_final(tm_hmac_state *state, uint8_t tag[TM_SHA256_SIZE]) {
    uint8_t digest[TM_SHA256_SIZE];
    tm_sha256_final(&state->inner, digest);
    absorb_padded_key(&state->inner, state->key, 0x5c);
    tm_sha256_update(&state->inner, digest, sizeof digest);
    tm_sha256_final(&state->inner, tag);
    tm_wipe(digest, sizeof digest);
    tm_wipe(state, sizeof *state);
}

void tm_hmac(const void *key, size_t key_len, const void *data, size_t len, uint8_t tag[TM_SHA256_SIZE]) {
    tm_hmac_state state;
    tm_hmac_init(&state, key, key_len);
    tm_hmac_update(&state, data, len);
    tm_hmac_final(&state, tag);
}
