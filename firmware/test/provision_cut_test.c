// SPDX-License-Identifier: Apache-2.0
// Power lost while a unit is provisioned, at sampled flash operations of every kind, then a rerun from hello.
// With an argument: its own stride; 1 takes every one.
#include <setjmp.h>

#include "fixture/fixture_line.h"
#include "fixture/fixture_unit.h"
#include "nor.h"
#include "tap.h"

#define ERASE 4096u
#define PROGRAM 4u
#define STRIDE 37u       // between operations that are cut in every way
#define CLEAN_STRIDE 6u  // between those that are cut behind: less than the 8 units of a cell's seal

static jmp_buf off;
static fixture_world world;

static void on_cut(void) {
    longjmp(off, 1);
}

typedef struct {
    uint32_t cuts, half, second_keys, stuck, unbootable;
} tally;

static bool has_key(uint8_t key[33]) {
    memcpy(key, tm_the_device.identity.public_key, 33);
    return tm_the_device.trouble == TM_OK;
}

// blank, born, enrolled or locked, and nothing in between.
static bool is_whole(void) {
    const tm_device *const device = &tm_the_device;
    const bool key = device->trouble == TM_OK;
    const bool trust = tm_trust_complete(&device->moving.anchor.trust);
    switch (device->life) {
        case TM_LIFE_BLANK: return !key && !trust;
        case TM_LIFE_BORN: return key && !trust;
        default: return key && trust && tm_identity_enrolled(&device->identity);
    }
}

static void cut_at(nor_cut cut, tally *count) {
    uint8_t before[33];
    uint8_t after[33];
    tm_boot_info boot;
    fixture_line_start(&world, ERASE, PROGRAM);
    nor_arm(cut, on_cut);
    if (setjmp(off) == 0) {
        (void)fixture_line_all(&world);
        return;
    }
    nor_arm((nor_cut){.operation = UINT32_MAX}, on_cut);
    count->cuts++;
    if (!fixture_start(&boot)) count->unbootable++;
    fixture_line_power_up();
    if (!is_whole()) count->half++;
    const bool born = has_key(before);
    const tm_error rerun = fixture_line_all(&world);
    if (rerun != TM_OK || tm_the_device.life != TM_LIFE_LOCKED) {
        printf("# operation %u, kind %d: %s\n", cut.operation, (int)cut.kind, tm_error_name(rerun));
        count->stuck++;
    }
    if (has_key(after) && born && memcmp(before, after, 33) != 0) count->second_keys++;
    if (!fixture_start(&boot)) count->unbootable++;
}

int main(int argc, char **argv) {
    const bool given = argc > 1 && argv[1][0] >= '1' && argv[1][0] <= '9';
    const uint32_t stride = given ? (uint32_t)strtoul(argv[1], NULL, 10) : STRIDE;
    tally count = {0};
    fixture_line_start(&world, ERASE, PROGRAM);
    nor_arm((nor_cut){.operation = UINT32_MAX}, on_cut);
    ok_error(fixture_line_all(&world), TM_OK, "a whole run");
    const uint32_t operations = nor_operations();
    for (uint32_t i = 0; i < operations; i += stride) {
        for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
            cut_at((nor_cut){.operation = i, .kind = (nor_cut_kind)kind, .seed = i + 1}, &count);
        }
    }
    for (uint32_t i = 0; i < operations && stride > 1; i += CLEAN_STRIDE) {
        cut_at((nor_cut){.operation = i, .kind = NOR_CUT_AFTER}, &count);
    }
    ok(count.cuts > 0 && count.half == 0, "A6 %u cuts in %u operations: never half a unit", count.cuts, operations);
    ok(count.second_keys == 0, "A6 never a second key");
    ok(count.stuck == 0, "A6 always finished by a rerun");
    ok(count.unbootable == 0, "D10 always bootable");
    if (count.half + count.second_keys + count.stuck + count.unbootable > 0) {
        printf("# half %u, second keys %u, stuck %u, unbootable %u\n", count.half, count.second_keys, count.stuck,
               count.unbootable);
    }
    return done();
}
