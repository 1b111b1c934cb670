// SPDX-License-Identifier: Apache-2.0
// Provisioning, lock, and what a locked unit keeps of the chain.
#include <stdlib.h>

#include "boot_record.h"
#include "fixture/fixture_line.h"
#include "fixture/fixture_unit.h"
#include "flow.h"
#include "port.h"
#include "touchmark_group.h"

#define CHUNK 700u  // bytes
#define NEXT_BLOCK 1600u

static fixture_world world;
static uint64_t floor_before;
static uint32_t epoch_before;
static bool was_due;  // a release that passed the gate waits in slot B for the next start

static void expect(bool done) {
    if (!done) abort();
}

void flow_line_blank(uint32_t erase) {
    fixture_line_start(&world, erase, 4);
}

void flow_line_enrolled(uint32_t erase) {
    flow_line_blank(erase);
    expect(flow_line_begin());
}

void flow_line_locked(uint32_t erase) {
    flow_line_enrolled(erase);
    expect(flow_line_lock());
    floor_before = tm_the_device.moving.anchor.trust.floor_number;
    epoch_before = tm_the_device.moving.anchor.trust.epoch;
    was_due = false;
}

void flow_line_due(uint32_t erase) {
    tm_boot_record record = {.slot = 1, .state = TM_BOOT_STATE_PENDING, .previous_slot = 0};
    flow_line_locked(erase);
    fixture_gated_slot(&world, 1);
    fixture_manifest_digest(&world, record.manifest_digest);
    expect(tm_boot_record_write(&record) == TM_OK);
    was_due = true;
}

// Locked with an earlier release than the one that runs now.
void flow_line_behind(uint32_t erase) {
    flow_line_enrolled(erase);
    tm_the_device.running.manifest.security_version--;
    expect(flow_line_lock());
}

bool flow_line_begin(void) {
    return fixture_line_begin() == TM_OK && fixture_line_enroll(&world) == TM_OK;
}

bool flow_line_lock(void) {
    return fixture_line_lock(&world) == TM_OK;
}

static bool call(tm_smp_handler handler, const fixture_world *with) {
    static fixture_buffer chain;
    static fixture_world copy;
    fixture_answer answer;
    copy = *with;
    fixture_chain(&copy, &chain);
    fixture_call_chunks(handler, tm_bytes_of(chain.bytes, chain.len), CHUNK, &answer);
    return answer.error == TM_OK;
}

static const fixture_world *later(void) {
    static fixture_world copy;
    copy = world;
    copy.license.offered = true;
    copy.release.offered = copy.root_word.offered = false;
    copy.number = copy.signed_number = NEXT_BLOCK;
    return &copy;
}

bool flow_line_floor(void) {
    return call(tm_touchmark_notice, later());
}

bool flow_line_rotate(void) {
    static fixture_world copy;
    copy = *later();
    copy.license.offered = copy.account_offered = false;
    copy.anchor.trust = tm_the_device.moving.anchor.trust;
    (void)fixture_state(&copy);
    return call(tm_touchmark_rotate, &copy);
}

bool flow_line_raise(void) {
    return tm_device_raise_rollback(&tm_the_device, world.manifest.security_version) == TM_OK;
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

// Behind what the unit has learned since, an image that passed the gate before it must not start.
static bool is_stale(const tm_boot_info *boot) {
    const tm_trust *const trust = &tm_the_device.moving.anchor.trust;
    return was_due && boot->slot == 1 && (trust->floor_number != floor_before || trust->epoch != epoch_before);
}

static flow_verdict start(void) {
    tm_boot_info boot;
    if (!fixture_start(&boot)) return FLOW_BRICK;
    if (!flow_entitled(&boot, &world)) return FLOW_BAD_BOOT;
    fixture_line_power_up();
    if (is_stale(&boot)) return FLOW_BAD_BOOT;
    return is_whole() ? FLOW_HOLDS : FLOW_HALF;
}

static flow_verdict start_locked(void) {
    const flow_verdict verdict = start();
    if (verdict != FLOW_HOLDS) return verdict;
    return tm_the_device.life == TM_LIFE_LOCKED ? FLOW_HOLDS : FLOW_HALF;
}

flow_verdict flow_settle_line(void) {
    const flow_verdict verdict = start();
    if (verdict != FLOW_HOLDS) return verdict;
    return fixture_line_all(&world) == TM_OK ? start_locked() : FLOW_UNFINISHED;
}

flow_verdict flow_settle_floor(void) {
    const uint64_t *const floor = &tm_the_device.moving.anchor.trust.floor_number;
    const flow_verdict verdict = start_locked();
    if (verdict != FLOW_HOLDS) return verdict;
    if (*floor != floor_before && *floor != NEXT_BLOCK) return FLOW_HALF;
    if (!flow_line_floor() || start_locked() != FLOW_HOLDS) return FLOW_UNFINISHED;
    return *floor == NEXT_BLOCK ? FLOW_HOLDS : FLOW_UNFINISHED;
}

flow_verdict flow_settle_rotate(void) {
    const uint32_t *const epoch = &tm_the_device.moving.anchor.trust.epoch;
    const flow_verdict verdict = start_locked();
    if (verdict != FLOW_HOLDS) return verdict;
    if (*epoch != epoch_before && *epoch != epoch_before + 1) return FLOW_HALF;
    if (*epoch == epoch_before && !flow_line_rotate()) return FLOW_UNFINISHED;
    return start_locked() == FLOW_HOLDS && *epoch == epoch_before + 1 ? FLOW_HOLDS : FLOW_UNFINISHED;
}

flow_verdict flow_settle_raise(void) {
    const uint32_t *const rollback = &tm_the_device.moving.rollback;
    const uint32_t running = world.manifest.security_version;
    const flow_verdict verdict = start_locked();
    if (verdict != FLOW_HOLDS) return verdict;
    if (*rollback != running - 1 && *rollback != running) return FLOW_HALF;
    if (!flow_line_raise() || start_locked() != FLOW_HOLDS) return FLOW_UNFINISHED;
    return *rollback == running ? FLOW_HOLDS : FLOW_UNFINISHED;
}
