// SPDX-License-Identifier: Apache-2.0
#include "nor.h"

#include <string.h>

#define SIZE (TM_FLASH_HOST_PROGRESS_OFFSET + TM_FLASH_HOST_PROGRESS_BYTES)

static const tm_flash_map map = TM_FLASH_MAP(HOST);
static uint8_t bytes[SIZE];
static port_flash_geometry geometry;
static nor_counts totals;
static nor_cut armed = {.operation = UINT32_MAX};
static void (*lose_power)(void);
static uint32_t operations;
static struct {
    uint32_t off, reads;  // reads 0: never
} change;

void nor_start(uint32_t erase, uint32_t program) {
    memset(bytes, 0xff, sizeof bytes);
    geometry = (port_flash_geometry){SIZE, erase, program};
    totals = (nor_counts){0, 0};
    change.reads = 0;
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
}

void nor_arm(nor_cut cut, void (*on_cut)(void)) {
    armed = cut;
    lose_power = on_cut;
    operations = 0;
}

void nor_change(uint32_t off, uint32_t reads) {
    change.off = off;
    change.reads = reads;
}

uint32_t nor_operations(void) {
    return operations;
}

nor_counts nor_totals(void) {
    return totals;
}

uint8_t *nor_bytes(void) {
    return bytes;
}

uint32_t nor_size(void) {
    return SIZE;
}

// splitmix64
static uint8_t random_byte(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (uint8_t)(z >> 56);
}

uint8_t nor_torn_bits(nor_cut_kind kind, uint32_t index, uint32_t len, uint64_t *state) {
    const bool front = index < len / 2;
    switch (kind) {
        case NOR_CUT_TORN: return random_byte(state);
        case NOR_CUT_TORN_EARLY: return random_byte(state) & random_byte(state) & random_byte(state);
        case NOR_CUT_TORN_LATE: return random_byte(state) | random_byte(state) | random_byte(state);
        case NOR_CUT_TORN_FRONT: return front ? 0xff : 0;
        case NOR_CUT_TORN_BACK: return front ? 0 : 0xff;
        case NOR_CUT_AFTER: return 0xff;
        default: return 0;
    }
}

// Moves the range towards what the operation would have made of it. to: the final contents; NULL: erased.
static void tear(uint8_t *at, const uint8_t *to, uint32_t len) {
    uint64_t state = armed.seed;
    for (uint32_t i = 0; i < len; i++) {
        const uint8_t goal = to == NULL ? 0xff : to[i];
        const uint8_t moved = nor_torn_bits(armed.kind, i, len, &state);
        at[i] = (uint8_t)((at[i] & ~moved) | (goal & moved));
    }
}

static void operate(uint8_t *at, const uint8_t *to, uint32_t len) {
    if (operations++ == armed.operation) {
        tear(at, to, len);
        lose_power();
    }
    if (to == NULL) {
        memset(at, 0xff, len);
    } else {
        memcpy(at, to, len);
    }
}

port_flash_geometry port_flash(void) {
    return geometry;
}

const tm_flash_map *port_flash_map(void) {
    return &map;
}

static bool inside(uint32_t off, size_t len) {
    return off <= SIZE && len <= SIZE - off;
}

tm_error port_flash_read(uint32_t off, void *to, size_t len) {
    if (!inside(off, len)) return TM_ERROR_INTERNAL;
    memcpy(to, bytes + off, len);
    if (change.reads > 0 && change.off - off < len && --change.reads == 0) bytes[change.off] ^= 1;
    return TM_OK;
}

tm_error port_flash_program(uint32_t off, const void *from, size_t len) {
    const uint8_t *const source = from;
    const uint32_t unit = geometry.program;
    if (!inside(off, len) || off % unit != 0 || len % unit != 0) return TM_ERROR_FLASH_WRITE;
    for (size_t i = 0; i < len; i++) {
        if ((source[i] & ~bytes[off + i]) != 0) return TM_ERROR_FLASH_WRITE;
    }
    for (uint32_t i = 0; i < len; i += unit) operate(bytes + off + i, source + i, unit);
    totals.programs += (uint32_t)len / unit;
    return TM_OK;
}

tm_error port_flash_erase(uint32_t off) {
    if (!inside(off, geometry.erase) || off % geometry.erase != 0) return TM_ERROR_FLASH_WRITE;
    operate(bytes + off, NULL, geometry.erase);
    totals.erases++;
    return TM_OK;
}
