// SPDX-License-Identifier: Apache-2.0
// A locked unit of which bits flip in the cells of its identity and trust: the other cell serves.
// EVERY_BIT=1 make -C firmware unit_cells_test flips each bit (two minutes); otherwise it is one in so many.
#include "fixture/fixture_line.h"
#include "fixture/fixture_unit.h"
#include "identity_cell.h"
#include "model.h"
#include "moving_cell.h"
#include "nor.h"
#include "tap.h"

#define STRIDE 29u  // prime to 8 and to the program unit

static fixture_world world;
static tm_device whole;

static void locked_unit(void) {
    fixture_line_start(&world, 4096, 4);
    if (fixture_line_begin() != TM_OK || fixture_line_enroll(&world) != TM_OK) abort();
    tm_the_device.running.manifest.security_version--;  // locked with an earlier release
    if (fixture_line_lock(&world) != TM_OK) abort();
    whole = tm_the_device;
}

// It starts its release, locked, with the key, certificates and trust that it had.
static bool serves(void) {
    tm_boot_info boot;
    if (!fixture_start(&boot) || boot.slot != 0) return false;
    fixture_line_power_up();
    const tm_device *const now = &tm_the_device;
    return now->life == TM_LIFE_LOCKED && now->trouble == TM_OK && tm_identity_enrolled(&now->identity) &&
           memcmp(&now->identity, &whole.identity, sizeof whole.identity) == 0 &&
           memcmp(&now->moving, &whole.moving, sizeof whole.moving) == 0;
}

static void flip(uint32_t off, uint32_t bit) {
    nor_bytes()[off + bit / 8] ^= (uint8_t)(1u << bit % 8);
}

static uint32_t used(tm_region cell) {
    uint32_t bytes = 4096;
    while (bytes > 0 && nor_bytes()[cell.off + bytes - 1] == 0xff) bytes--;
    return bytes;
}

static void every_bit(tm_region cell, const char *name) {
    const uint32_t stride = getenv("EVERY_BIT") != NULL ? 1 : STRIDE;
    uint32_t flipped = 0, lost = 0;
    for (uint32_t bit = 0; bit < used(cell) * 8; bit += stride) {
        flip(cell.off, bit);
        lost += !serves();
        flip(cell.off, bit);
        flipped++;
    }
    ok(lost == 0, "D30 %s: of %u bits flipped, one at a time, %u cost the locked unit anything", name, flipped, lost);
}

int main(void) {
    const tm_flash_map *const map = port_flash_map();
    locked_unit();
    ok(serves(), "the unit starts, locked");
    every_bit(map->identity0, "identity0");
    every_bit(map->identity1, "identity1");
    every_bit(map->moving0, "moving0");
    every_bit(map->moving1, "moving1");
    if (tm_device_raise_rollback(&tm_the_device, world.manifest.security_version) != TM_OK) abort();
    whole = tm_the_device;
    every_bit(map->moving0, "moving0 after a raise of the rollback counter");
    every_bit(map->moving1, "moving1 after a raise of the rollback counter");
    memset(nor_bytes() + map->identity0.off, 0, 4096);
    memset(nor_bytes() + map->identity1.off, 0, 4096);
    memset(nor_bytes() + map->moving0.off, 0, 4096);
    memset(nor_bytes() + map->moving1.off, 0, 4096);
    tm_boot_info boot;
    ok(fixture_start(&boot) && boot.slot == 0, "D30 with all four cells gone the unit still starts its release");
    fixture_line_power_up();
    ok(tm_the_device.life == TM_LIFE_LOCKED && tm_the_device.trouble != TM_OK, "D30 and has no identity");
    return done();
}
