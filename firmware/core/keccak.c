// SPDX-License-Identifier: Apache-2.0
#include "keccak.h"

#include <string.h>

#include "bytes.h"
#include "work.h"

// Keccak-f[1600] (FIPS 202) on bit-interleaved lanes. A lane is two words: [2i] its even bits, [2i + 1] its odd bits.

#define LANES 25

// Round constants, interleaved: even bits, odd bits.
static const uint32_t IOTA[24][2] = {
    {0x00000001, 0x00000000}, {0x00000000, 0x00000089}, {0x00000000, 0x8000008b}, {0x00000000, 0x80008080},
    {0x00000001, 0x0000008b}, {0x00000001, 0x00008000}, {0x00000001, 0x80008088}, {0x00000001, 0x80000082},
    {0x00000000, 0x0000000b}, {0x00000000, 0x0000000a}, {0x00000001, 0x00008082}, {0x00000000, 0x00008003},
    {0x00000001, 0x0000808b}, {0x00000001, 0x8000000b}, {0x00000001, 0x8000008a}, {0x00000001, 0x80000081},
    {0x00000000, 0x80000081}, {0x00000000, 0x80000008}, {0x00000000, 0x00000083}, {0x00000000, 0x80008003},
    {0x00000001, 0x80008088}, {0x00000000, 0x80000088}, {0x00000001, 0x00008000}, {0x00000000, 0x80008082},
};

static inline uint32_t rotl(uint32_t x, int n) {
    return n == 0 ? x : x << n | x >> (32 - n);
}

// Rho and pi are one walk over the lanes: lane `to` takes the lane carried so far, rotated, and is carried on itself.
// A rotation by an odd number exchanges the even and the odd word.
#define RHO_PI(to, by)                                                        \
    do {                                                                      \
        const uint32_t even = s[2 * (to)], odd = s[2 * (to) + 1];             \
        s[2 * (to)] = rotl((by) % 2 ? carry_odd : carry_even, ((by) + 1) / 2 % 32); \
        s[2 * (to) + 1] = rotl((by) % 2 ? carry_even : carry_odd, (by) / 2);  \
        carry_even = even;                                                    \
        carry_odd = odd;                                                      \
    } while (0)

static void theta(uint32_t s[2 * LANES]) {
    uint32_t parity[14];  // columns 4, 0, 1, 2, 3, 4, 0: each between its neighbours
    for (int j = 0; j < 10; j++) parity[j + 2] = s[j] ^ s[j + 10] ^ s[j + 20] ^ s[j + 30] ^ s[j + 40];
    memcpy(parity, parity + 10, 8);
    memcpy(parity + 12, parity + 2, 8);
    for (int x = 0; x < 10; x += 2) {
        const uint32_t even = parity[x] ^ rotl(parity[x + 5], 1);
        const uint32_t odd = parity[x + 1] ^ parity[x + 4];
        uint32_t *lane = s + x;
        lane[0] ^= even, lane[10] ^= even, lane[20] ^= even, lane[30] ^= even, lane[40] ^= even;
        lane[1] ^= odd, lane[11] ^= odd, lane[21] ^= odd, lane[31] ^= odd, lane[41] ^= odd;
    }
}

static void rho_pi(uint32_t s[2 * LANES]) {
    uint32_t carry_even = s[2], carry_odd = s[3];
    RHO_PI(10, 1);
    RHO_PI(7, 3);
    RHO_PI(11, 6);
    RHO_PI(17, 10);
    RHO_PI(18, 15);
    RHO_PI(3, 21);
    RHO_PI(5, 28);
    RHO_PI(16, 36);
    RHO_PI(8, 45);
    RHO_PI(21, 55);
    RHO_PI(24, 2);
    RHO_PI(4, 14);
    RHO_PI(15, 27);
    RHO_PI(23, 41);
    RHO_PI(19, 56);
    RHO_PI(13, 8);
    RHO_PI(12, 25);
    RHO_PI(2, 43);
    RHO_PI(20, 62);
    RHO_PI(14, 18);
    RHO_PI(22, 39);
    RHO_PI(9, 61);
    RHO_PI(6, 20);
    RHO_PI(1, 44);
}

static void chi(uint32_t s[2 * LANES]) {
    for (uint32_t *plane = s; plane < s + 2 * LANES; plane += 10) {
        for (uint32_t *row = plane; row < plane + 2; row++) {
            const uint32_t a = row[0], b = row[2], c = row[4], d = row[6], e = row[8];
            row[0] = a ^ (~b & c);
            row[2] = b ^ (~c & d);
            row[4] = c ^ (~d & e);
            row[6] = d ^ (~e & a);
            row[8] = e ^ (~a & b);
        }
    }
}

static void permute(uint32_t s[2 * LANES]) {
    tm_work_done.keccak_blocks++;
    for (int round = 0; round < 24; round++) {
        theta(s);
        rho_pi(s);
        chi(s);
        s[0] ^= IOTA[round][0];
        s[1] ^= IOTA[round][1];
    }
}

// Gathers the even bits of x in its low half and the odd bits in its high half.
static uint32_t separate(uint32_t x) {
    uint32_t t;
    t = (x ^ x >> 1) & 0x22222222u, x ^= t ^ t << 1;
    t = (x ^ x >> 2) & 0x0c0c0c0cu, x ^= t ^ t << 2;
    t = (x ^ x >> 4) & 0x00f000f0u, x ^= t ^ t << 4;
    t = (x ^ x >> 8) & 0x0000ff00u, x ^= t ^ t << 8;
    return x;
}

static uint32_t join(uint32_t x) {
    uint32_t t;
    t = (x ^ x >> 8) & 0x0000ff00u, x ^= t ^ t << 8;
    t = (x ^ x >> 4) & 0x00f000f0u, x ^= t ^ t << 4;
    t = (x ^ x >> 2) & 0x0c0c0c0cu, x ^= t ^ t << 2;
    t = (x ^ x >> 1) & 0x22222222u, x ^= t ^ t << 1;
    return x;
}

static void absorb(uint32_t s[2 * LANES], const uint8_t block[TM_KECCAK256_RATE]) {
    for (int i = 0; i < TM_KECCAK256_RATE / 8; i++) {
        const uint32_t low = separate(tm_load32_le(block + 8 * i));
        const uint32_t high = separate(tm_load32_le(block + 8 * i + 4));
        s[2 * i] ^= (low & 0xffffu) | high << 16;
        s[2 * i + 1] ^= low >> 16 | (high & 0xffff0000u);
    }
    permute(s);
}

void tm_keccak256_init(tm_keccak256_state *state) {
    memset(state, 0, sizeof *state);
}

void tm_keccak256_update(tm_keccak256_state *state, const void *data, size_t len) {
    const uint8_t *next = (const uint8_t *)data;
    while (len > 0) {
        const size_t room = TM_KECCAK256_RATE - state->fill;
        const size_t part = len < room ? len : room;
        if (part == TM_KECCAK256_RATE) {
            absorb(state->lanes, next);
        } else {
            memcpy(state->block + state->fill, next, part);
            state->fill += (uint32_t)part;
        }
        if (state->fill == TM_KECCAK256_RATE) {
            absorb(state->lanes, state->block);
            state->fill = 0;
        }
        next += part;
        len -= part;
    }
}

void tm_keccak256_final(tm_keccak256_state *state, uint8_t digest[TM_KECCAK256_SIZE]) {
    memset(state->block + state->fill, 0, TM_KECCAK256_RATE - state->fill);
    state->block[state->fill] = 0x01;
    state->block[TM_KECCAK256_RATE - 1] |= 0x80;
    absorb(state->lanes, state->block);
    for (int i = 0; i < TM_KECCAK256_SIZE / 8; i++) {
        const uint32_t even = state->lanes[2 * i], odd = state->lanes[2 * i + 1];
        tm_store32_le(digest + 8 * i, join((even & 0xffffu) | odd << 16));
        tm_store32_le(digest + 8 * i + 4, join(even >> 16 | (odd & 0xffff0000u)));
    }
    tm_wipe(state, sizeof *state);
}

void tm_keccak256(const void *data, size_t len, uint8_t digest[TM_KECCAK256_SIZE]) {
    tm_keccak256_state state;
    tm_keccak256_init(&state);
    tm_keccak256_update(&state, data, len);
    tm_keccak256_final(&state, digest);
}
