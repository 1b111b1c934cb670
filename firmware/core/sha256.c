// SPDX-License-Identifier: Apache-2.0
#include "sha256.h"

#include <string.h>

#include "bytes.h"
#include "work.h"

static const uint32_t ROUND[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotr(uint32_t x, int n) {
    return x >> n | x << (32 - n);
}

static void schedule(uint32_t w[64], const uint8_t block[TM_SHA256_BLOCK]) {
    for (int i = 0; i < 16; i++) w[i] = tm_load32_be(block + 4 * i);
    for (int i = 16; i < 64; i++) {
        const uint32_t s0 = rotr(w[i - 15], 7) ^ rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
        const uint32_t s1 = rotr(w[i - 2], 17) ^ rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
}

static void compress(uint32_t state[8], const uint8_t block[TM_SHA256_BLOCK]) {
    uint32_t w[64];
    schedule(w, block);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int round = 0; round < 64; round++) {
        h += rotr(e ^ rotr(e ^ rotr(e, 14), 5), 6) + (g ^ (e & (f ^ g))) + ROUND[round] + w[round];
        const uint32_t new_e = d + h;
        const uint32_t new_a = h + rotr(a ^ rotr(a ^ rotr(a, 9), 11), 2) + ((a & b) | (c & (a | b)));
        h = g, g = f, f = e, e = new_e;
        d = c, c = b, b = a, a = new_a;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

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
            compress(state->state, next);
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
            compress(state->state, state->block);
            fill = 0;
        }
    }
}

void tm_sha256_final(tm_sha256_state *state, uint8_t digest[TM_SHA256_SIZE]) {
    size_t fill = (size_t)(state->length % TM_SHA256_BLOCK);
    state->block[fill++] = 0x80;
    if (fill > TM_SHA256_BLOCK - 8) {
        memset(state->block + fill, 0, TM_SHA256_BLOCK - fill);
        compress(state->state, state->block);
        fill = 0;
    }
    memset(state->block + fill, 0, TM_SHA256_BLOCK - 8 - fill);
    tm_store64_be(state->block + TM_SHA256_BLOCK - 8, state->length * 8);
    compress(state->state, state->block);
    for (int i = 0; i < 8; i++) tm_store32_be(digest + 4 * i, state->state[i]);
    tm_wipe(state, sizeof *state);
}

void tm_sha256(const void *data, size_t len, uint8_t digest[TM_SHA256_SIZE]) {
    tm_sha256_state state;
    tm_sha256_init(&state);
    tm_sha256_update(&state, data, len);
    tm_sha256_final(&state, digest);
}
