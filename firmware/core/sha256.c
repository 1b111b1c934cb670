// SPDX-License-Identifier: Apache-2.0
#include "sha256.h"

#include <string.h>

#include "bytes.h"
#include "sha256_block.h"
#include "work.h"

void tm_sha256_init(tm_sha256_state *state) {
    static const uint32_t INITIAL[8] = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    };
    memcpy(state->state, INITIAL, sizeof INITIAL);
    state->length = 0;
}

void tm_sha256_update(tm_sha256_state *state, const void *data, size_t len) {
    const uint8_t *next = (const uint8_t *)data;
    size_t fill = (size_t)(state->length % TM_SHA256_BLOCK);
    state->length += len;
    tm_work_done.sha256_bytes += (uint32_t)len;
    while (len > 0) {
        if (fill == 0 && len >= TM_SHA256_BLOCK) {
            tm_sha256_block(state->state, next);
            next += TM_SHA256_BLOCK;
            len -= TM_SHA256_BLOCK;
            continue;
        }
        const size_t room = TM_SHA256_BLOCK - fill;
        const size_t part = len < room ? len : room;
        memcpy(state->block + fill, next, part);
        next += part;
        len -= part;
        fill += part;
        if (fill == TM_SHA256_BLOCK) {
            tm_sha256_block(state->state, state->block);
            fill = 0;
        }
    }
}

void tm_sha256_final(tm_sha256_state *state, uint8_t digest[TM_SHA256_SIZE]) {
    size_t fill = (size_t)(state->length % TM_SHA256_BLOCK);
    state->block[fill++] = 0x80;
    if (fill > TM_SHA256_BLOCK - 8) {
        memset(state->block + fill, 0, TM_SHA256_BLOCK - fill);
        tm_sha256_block(state->state, state->block);
        fill = 0;
    }
    memset(state->block + fill, 0, TM_SHA256_BLOCK - 8 - fill);
    tm_store64_be(state->block + TM_SHA256_BLOCK - 8, state->length * 8);
    tm_sha256_block(state->state, state->block);
    for (int i = 0; i < 8; i++) tm_store32_be(digest + 4 * i, state->state[i]);
    tm_wipe(state, sizeof *state);
}

void tm_sha256(const void *data, size_t len, uint8_t digest[TM_SHA256_SIZE]) {
    tm_sha256_state state;
    tm_sha256_init(&state);
    tm_sha256_update(&state, data, len);
    tm_sha256_final(&state, digest);
}
