// SPDX-License-Identifier: Apache-2.0
// What a locked unit learns of the chain undoes a trial that is due, before it is kept: refused, accepted or cut off.
#include <setjmp.h>

#include "boot_record.h"
#include "fixture/fixture_line.h"
#include "fixture/fixture_unit.h"
#include "nor.h"
#include "port.h"
#include "tap.h"
#include "touchmark_group.h"

#define ERASE 4096u
#define PROGRAM 4u
#define CHUNK 700u  // bytes
#define STRIDE 61u  // between operations that are cut, up to the LAST ones, which are cut one by one
#define LAST 48u

static jmp_buf off;
static fixture_world world;

static void expect(bool done) {
    if (!done) abort();
}

static void on_cut(void) {
    longjmp(off, 1);
}

// Locked; another release that passed the gate waits in slot B for the next start.
static void due(void) {
    tm_boot_record record = {.slot = 1, .state = TM_BOOT_STATE_PENDING, .previous_slot = 0};
    fixture_line_start(&world, ERASE, PROGRAM);
    expect(fixture_line_all(&world) == TM_OK);
    fixture_gated_slot(&world, 1);
    fixture_manifest_digest(&world, record.manifest_digest);
    expect(tm_boot_record_write(&record) == TM_OK);
    world.number = world.signed_number = 1600;
    world.release.offered = world.root_word.offered = false;
}

static bool is_due(void) {
    tm_boot_record record;
    return tm_boot_record_read(&record) && record.state == TM_BOOT_STATE_PENDING;
}

static tm_error say(tm_smp_handler handler) {
    static fixture_buffer chain;
    static fixture_world copy;
    fixture_answer answer;
    copy = world;
    if (handler == tm_touchmark_rotate) {
        copy.license.offered = copy.account_offered = false;
        copy.anchor.trust = tm_the_device.moving.anchor.trust;
        (void)fixture_state(&copy);
    }
    fixture_chain(&copy, &chain);
    fixture_call_chunks(handler, tm_bytes_of(chain.bytes, chain.len), CHUNK, &answer);
    return answer.error;
}

static bool has_moved(void) {
    const tm_trust *const trust = &tm_the_device.moving.anchor.trust;
    return trust->floor_number == 1600 || trust->epoch != world.anchor.trust.epoch;
}

static void whole(void) {
    due();
    ok(is_due(), "a trial is due");
    ok(say(tm_touchmark_notice) == TM_OK && has_moved() && !is_due(), "D14 a notice withdraws it");
    due();
    world.license.exists = false;
    ok(say(tm_touchmark_notice) == TM_ERROR_LICENSE_ABSENT && has_moved() && !is_due(),
       "D14 so does one that is refused when the floor has moved");
    due();
    ok(say(tm_touchmark_rotate) == TM_OK && has_moved() && !is_due(), "a rotation withdraws it");
    due();
    world.number = world.signed_number = 1;
    ok(say(tm_touchmark_notice) == TM_ERROR_BLOCK_BELOW_FLOOR && !has_moved() && is_due(),
       "a notice that tells nothing new leaves it");
}

// The nonce is over whatever the verdict, as soon as witnesses have answered it.
static void spent(tm_smp_handler handler, const char *name) {
    fixture_answer answer;
    due();
    fixture_call(tm_touchmark_challenge, &answer);
    memcpy(world.nonce, tm_the_device.challenge.nonce, sizeof world.nonce);
    ok(say(handler) == TM_OK && !tm_the_device.challenge.open, "%s spends the challenge", name);
}

// Returns whether it was cut.
static bool cut_at(tm_smp_handler handler, nor_cut cut, uint32_t *moved, uint32_t *stale) {
    tm_boot_info boot;
    due();
    nor_arm(cut, on_cut);
    if (setjmp(off) == 0) {
        expect(say(handler) == TM_OK);
        return false;
    }
    nor_arm((nor_cut){.operation = UINT32_MAX}, on_cut);
    const bool starts = fixture_start(&boot);
    fixture_line_power_up();
    *moved += has_moved();
    *stale += !starts || (has_moved() && boot.slot == 1);
    return true;
}

static void cuts(tm_smp_handler handler, const char *name) {
    uint32_t moved = 0;
    uint32_t stale = 0;
    uint32_t count = 0;
    due();
    nor_arm((nor_cut){.operation = UINT32_MAX}, on_cut);
    expect(say(handler) == TM_OK);
    const uint32_t operations = nor_operations();
    for (uint32_t i = 0; i < operations; i += i + STRIDE + LAST <= operations ? STRIDE : 1u) {
        count += cut_at(handler, (nor_cut){.operation = i, .kind = NOR_CUT_AFTER}, &moved, &stale);
    }
    ok(moved > 0 && stale == 0, "D10 %s, cut %u times in %u operations: what was staged never starts once it is learned",
       name, count, operations);
}

int main(void) {
    whole();
    spent(tm_touchmark_notice, "a notice");
    spent(tm_touchmark_rotate, "a rotation");
    cuts(tm_touchmark_notice, "a notice");
    cuts(tm_touchmark_rotate, "a rotation");
    return done();
}
