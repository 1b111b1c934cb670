// SPDX-License-Identifier: Apache-2.0
// A release on its way into the other slot, its trial, and what ends it.
#include <stdlib.h>
#include <string.h>

#include "boot_check.h"
#include "fixture/fixture_app.h"
#include "flow.h"
#include "image_group.h"
#include "port.h"
#include "sha256.h"

#define CHUNK 1899u  // bytes; no whole program units

bool flow_entitled(const tm_boot_info *boot, const fixture_world *world) {
    static tm_slot_head head;
    tm_boot_approval approval;
    uint8_t digest[32];
    fixture_manifest_digest(world, digest);
    if (memcmp(boot->manifest_digest, digest, 32) != 0) return false;
    if (memcmp(port_image_ram(), world->image, sizeof world->image) != 0) return false;
    if (port_counter_read(PORT_COUNTER_LOCK) == 0) return true;
    return tm_slot_head_read(boot->slot, &head) == TM_OK &&
           tm_boot_check(boot->slot, &head, TM_BOOT_LOCKED, &approval) == TM_OK;
}

static bool is_new(void) {
    return memcmp(app.boot.manifest_digest, app.digest, 32) == 0;
}

static bool entitled(void) {
    return flow_entitled(&app.boot, is_new() ? &app.next : &app.running);
}

// The rollback counter has risen before anybody confirmed.
static bool raised_early(void) {
    return tm_trial_running() && app.raises > 0;
}

static bool upload_and_test(void) {
    uint32_t next;
    return fixture_app_upload(CHUNK, FIXTURE_ALL, &next) == TM_OK && tm_trial_test(app.digest) == TM_OK;
}

// At most one try fails on what an earlier one left.
static bool finish(void) {
    if (!is_new() && !upload_and_test() && !upload_and_test()) return false;
    if (!is_new() && !fixture_app_power_on()) return false;
    return is_new() && (!tm_trial_running() || tm_trial_confirm() == TM_OK);
}

flow_verdict flow_settle_update(void) {
    app.raises = 0;
    if (!fixture_app_power_on()) return FLOW_BRICK;
    if (!entitled()) return FLOW_BAD_BOOT;
    if (raised_early()) return FLOW_HALF;
    if (!finish()) return FLOW_UNFINISHED;
    if (!fixture_app_power_on()) return FLOW_BRICK;
    if (!entitled()) return FLOW_BAD_BOOT;
    return is_new() && app.boot.reason == TM_BOOT_CONFIRMED ? FLOW_HOLDS : FLOW_UNFINISHED;
}

static void expect(bool done) {
    if (!done) abort();
}

static void pending(uint32_t erase) {
    fixture_app_fresh(erase);
    expect(upload_and_test());
}

static void on_trial(uint32_t erase) {
    pending(erase);
    expect(fixture_app_power_on() && tm_trial_running());
}

// The next release after the one that is confirmed in slot B goes to slot A, over the oldest.
static void in_slot_b(uint32_t erase) {
    on_trial(erase);
    expect(tm_trial_confirm() == TM_OK);
    app.running = app.next;
    app.next.manifest.sequence_number++;
    app.next.unit.running_sequence = app.running.manifest.sequence_number;
    app.next.image[7] ^= 1;
    tm_sha256(app.next.image, sizeof app.next.image, app.next.manifest.image_digest);
    fixture_app_build();
    expect(fixture_app_power_on() && app.boot.slot == 1);
}

static void as_delta(uint32_t erase) {
    fixture_app_fresh(erase);
    fixture_app_build_delta();
}

static void as_delta_in_slot_b(uint32_t erase) {
    in_slot_b(erase);
    fixture_app_build_delta();
}

static void half_way(uint32_t erase) {
    uint32_t next;
    fixture_app_fresh(erase);
    expect(fixture_app_upload(CHUNK, 10, &next) == TM_OK && fixture_app_power_on());
}

static void damaged_half_way(uint32_t erase) {
    half_way(erase);
    uint8_t zero[4] = {0};
    expect(port_flash_program(port_flash_map()->slot_b_image.off + 40, zero, sizeof zero) == TM_OK);
}

static bool upload_twice(void) {
    return upload_and_test() || upload_and_test();
}

static bool confirm(void) {
    return tm_trial_confirm() == TM_OK;
}

static bool erase_other(void) {
    static uint8_t bytes[64];
    const uint8_t empty[] = {0xa0};
    tm_smp_call call = {.after = NULL};
    tm_cbor in;
    expect(tm_cbor_open(&in, tm_bytes_of(empty, 1), TM_CBOR_TOLERANT) == TM_OK && tm_cbor_map(&in, &call.request) == TM_OK);
    tm_cbor_writer_init(&call.response, bytes, sizeof bytes);
    if (tm_image_erase(&call) != TM_OK) return false;
    call.after();
    return true;
}

const flow flows[] = {
    {"install", fixture_app_fresh, upload_and_test, flow_settle_update},
    {"install-over", in_slot_b, upload_and_test, flow_settle_update},
    {"resume", half_way, upload_and_test, flow_settle_update},
    {"resume-damaged", damaged_half_way, upload_twice, flow_settle_update},
    {"delta", as_delta, upload_and_test, flow_settle_update},
    {"delta-over", as_delta_in_slot_b, upload_and_test, flow_settle_update},
    {"trial", pending, fixture_app_power_on, flow_settle_update},
    {"confirm", on_trial, confirm, flow_settle_update},
    {"revert", on_trial, fixture_app_power_on, flow_settle_update},
    {"erase", pending, erase_other, flow_settle_update},
    {"recovery", flow_broken, flow_recover, flow_settle_recovery},
    {"recovery-record", flow_broken_with_record, flow_recover, flow_settle_recovery},
    {"provision", flow_line_blank, flow_line_begin, flow_settle_line},
    {"lock", flow_line_enrolled, flow_line_lock, flow_settle_line},
    {"floor", flow_line_locked, flow_line_floor, flow_settle_floor},
    {"rotate", flow_line_locked, flow_line_rotate, flow_settle_rotate},
    {"floor-due", flow_line_due, flow_line_floor, flow_settle_floor},
    {"rotate-due", flow_line_due, flow_line_rotate, flow_settle_rotate},
    {"raise", flow_line_behind, flow_line_raise, flow_settle_raise},
};

const uint32_t flow_count = sizeof flows / sizeof flows[0];
