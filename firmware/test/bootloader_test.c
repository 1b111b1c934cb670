// SPDX-License-Identifier: Apache-2.0
// Which slot starts, after every boot record, damage and power cut.
#include <setjmp.h>

#include "boot_record.h"
#include "fixture/fixture_unit.h"
#include "model.h"
#include "nor.h"
#include "slot_head.h"
#include "sha256.h"
#include "tap.h"

static fixture_world world, next;
static uint8_t digest[2][32];
static tm_boot_info boot;
static jmp_buf power;

static void lose_power(void) {
    longjmp(power, 1);
}

// Two bootable slots: A holds the world's release, B the next one.
static void both_slots(void) {
    fixture_unit(4096, 4);
    fixture_gated_slot(&world, 0);
    fixture_gated_slot(&next, 1);
}

static void record(uint32_t slot, uint32_t state) {
    tm_boot_record r = {.slot = slot, .state = state, .previous_slot = 1u - slot};
    memcpy(r.manifest_digest, digest[slot], 32);
    if (tm_boot_record_write(&r) != TM_OK) abort();
}

static bool started_with(uint32_t slot) {
    return boot.slot == slot && memcmp(boot.manifest_digest, digest[slot], 32) == 0 &&
           memcmp(port_image_ram(), slot == 0 ? world.image : next.image, sizeof world.image) == 0;
}

static bool starts(uint32_t slot, tm_boot_reason reason) {
    return fixture_start(&boot) && started_with(slot) && boot.reason == reason;
}

static bool state_is(uint32_t slot, uint32_t state) {
    tm_boot_record r;
    return tm_boot_record_read(&r) && r.slot == slot && r.state == state;
}

static void damage_image(uint32_t slot) {
    nor_bytes()[tm_slot_image_region(port_flash_map(), slot).off + 77] ^= 1;
}

// Of every 4 KiB that were copied, the first word is not there.
static bool runs_nothing(void) {
    const uint8_t zeros[4] = {0};
    bool none = true;
    for (uint32_t off = 0; off < sizeof world.image; off += 4096) {
        none = none && memcmp(port_image_ram() + off, zeros, 4) == 0;
    }
    return none;
}

static void test_choice(void) {
    both_slots();
    ok(starts(0, TM_BOOT_FALLBACK), "without a record slot A starts");
    damage_image(0);
    ok(starts(1, TM_BOOT_FALLBACK), "D30 without a record and with a bad slot A, slot B starts");
    ok(boot.refused[0] == TM_ERROR_IMAGE_DIGEST_MISMATCH, "and the app can see why");
    damage_image(1);
    ok(!fixture_start(&boot), "D30 with two bad images nothing starts");
    ok(runs_nothing(), "D28 and a stray return to the refused copy finds no instruction");
    both_slots();
    record(1, TM_BOOT_STATE_CONFIRMED);
    ok(starts(1, TM_BOOT_CONFIRMED), "the confirmed slot starts");
    damage_image(1);
    ok(starts(0, TM_BOOT_FALLBACK) && boot.refused[1] == TM_ERROR_IMAGE_DIGEST_MISMATCH, "else the other");
}

// An image has no load address, only a size: beyond its slot lies the other, beyond its RAM the bootloader.
static void test_sizes(void) {
    const tm_region image = tm_slot_image_region(port_flash_map(), 0);
    const uint32_t sizes[] = {0, image.size + 1u, image.size + 4096u, UINT32_MAX - image.off + 1u, UINT32_MAX};
    bool refused = true;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        both_slots();
        memset(port_image_ram(), 0x5a, sizeof world.image);
        tm_store32_be(nor_bytes() + port_flash_map()->slot_a_head.off + TM_SLOT_HEAD_IMAGE_SIZE_OFFSET, sizes[i]);
        nor_bytes()[port_flash_map()->slot_b_head.off] ^= 1;
        refused = refused && !fixture_start(&boot) && port_image_ram()[0] == 0x5a;
    }
    ok(refused, "D29 a head that names more than its slot holds is refused before anything is copied");
}

static void test_trial(void) {
    both_slots();
    record(1, TM_BOOT_STATE_PENDING);
    model.moving = true;
    ok(starts(0, TM_BOOT_CONFIRMED) && state_is(1, TM_BOOT_STATE_PENDING), "a trial waits while the vehicle moves");
    model.moving = false;
    ok(starts(1, TM_BOOT_TRIAL) && state_is(1, TM_BOOT_STATE_TRIAL), "a pending image starts on trial");
    ok(starts(0, TM_BOOT_REVERTED) && state_is(0, TM_BOOT_STATE_CONFIRMED), "D12 unconfirmed, the next start reverts");
    ok(starts(0, TM_BOOT_CONFIRMED) && starts(0, TM_BOOT_CONFIRMED), "D12 and only once");
    tm_boot_record r;
    ok(tm_boot_record_read(&r) && r.reverts == 1 && r.previous_slot == 1, "the record counts one revert");
    record(1, TM_BOOT_STATE_PENDING);
    damage_image(1);
    ok(starts(0, TM_BOOT_REVERTED) && state_is(0, TM_BOOT_STATE_CONFIRMED), "a pending image that is bad never starts");
    both_slots();
    r = (tm_boot_record){.slot = 1, .state = TM_BOOT_STATE_PENDING, .previous_slot = 0};
    (void)tm_boot_record_write(&r);
    ok(starts(0, TM_BOOT_REVERTED), "a pending slot with another manifest than was tested never starts");
}

// The revert's own target is bad: rather the trial's image than none.
static void test_no_way_back(void) {
    both_slots();
    record(1, TM_BOOT_STATE_TRIAL);
    damage_image(0);
    ok(starts(1, TM_BOOT_FALLBACK), "with nothing to revert to, what is left starts");
}

static void test_locked(void) {
    both_slots();
    fixture_lock();
    ok(starts(0, TM_BOOT_FALLBACK), "a locked unit starts an image with receipt and signature");
    fixture_factory_slot(&world, 0);
    ok(starts(1, TM_BOOT_FALLBACK) && boot.refused[0] == TM_ERROR_RECEIPT_INVALID, "D1 and none without a receipt");
    both_slots();
    fixture_lock();
    const tm_flash_map *map = port_flash_map();
    memcpy(nor_bytes() + map->slot_a_head.off, nor_bytes() + map->slot_b_head.off, 4096);
    memcpy(nor_bytes() + map->slot_a_image.off, nor_bytes() + map->slot_b_image.off, sizeof world.image);
    ok(starts(1, TM_BOOT_FALLBACK) && boot.refused[0] == TM_ERROR_RECEIPT_INVALID, "a receipt is for one slot");
    fixture_factory_slot(&world, 1);
    ok(!fixture_start(&boot), "a locked unit without a receipt starts nothing");
    fixture_unit(4096, 4);
    fixture_factory_slot(&world, 0);
    ok(starts(0, TM_BOOT_FALLBACK), "a blank unit starts on integrity alone");
}

// Every bit that boot reads of a locked slot's head, one at a time.
static void test_head_bits(void) {
    fixture_unit(4096, 4);
    fixture_gated_slot(&world, 0);
    fixture_lock();
    tm_slot_head head;
    if (tm_slot_head_read(0, &head) != TM_OK) abort();
    const uint32_t len = TM_SLOT_HEAD_BYTES + head.release.authentication.len + head.release.manifest.len;
    uint8_t *bytes = nor_bytes() + port_flash_map()->slot_a_head.off;
    uint32_t flipped = 0, accepted = 0;
    for (uint32_t bit = 0; bit < len * 8; bit++, flipped++) {
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
        accepted += fixture_start(&boot);
        bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    printf("# bits header, receipt, certificate, signature and manifest of a slot: %u of %u flipped, %u accepted\n", flipped,
           len * 8, accepted);
    ok(accepted == 0, "D8 of %u flipped bits of head, receipt, certificate, signature and manifest %u start", len * 8, accepted);
    ok(fixture_start(&boot), "D8 and unflipped it starts");
}

// What runs is what was checked: the copy, whatever flash says afterwards.
static void test_changes(void) {
    enum { HEAD = 1000 };  // bytes of it that are read, about
    const tm_flash_map *const map = port_flash_map();
    uint32_t refused = 0, started = 0, other = 0;
    for (uint32_t reads = 1; reads <= 3; reads++) {
        for (uint32_t at = 0; at < HEAD + sizeof world.image; at += at < HEAD ? 5 : 499) {
            fixture_unit(4096, 4);
            fixture_gated_slot(&world, 0);
            fixture_lock();
            nor_change(at < HEAD ? map->slot_a_head.off + at : map->slot_a_image.off + at - HEAD, reads);
            if (!fixture_start(&boot)) refused++;
            else if (started_with(0)) started++;
            else other++;
            nor_change(0, 0);
        }
    }
    ok(other == 0 && refused > 100 && started > 100,
       "D9 a byte of head or image that changes behind its first, second or third read: the release as signed starts, or nothing");
    printf("# %u refused, %u started\n", refused, started);
}

// Every bit of both cells; then every pattern of the fields that choose.
static void test_record_bits(void) {
    both_slots();
    record(1, TM_BOOT_STATE_CONFIRMED);
    record(0, TM_BOOT_STATE_CONFIRMED);
    const tm_region cells[] = {port_flash_map()->boot_record0, port_flash_map()->boot_record1};
    bool always = true;
    for (uint32_t bit = 0; bit < 2 * 8 * TM_BOOT_RECORD_BYTES; bit++) {
        uint8_t *at = nor_bytes() + cells[bit / (8 * TM_BOOT_RECORD_BYTES)].off + bit / 8 % TM_BOOT_RECORD_BYTES;
        *at ^= (uint8_t)(1u << bit % 8);
        always = always && fixture_start(&boot) && boot.reason == TM_BOOT_CONFIRMED;
        *at ^= (uint8_t)(1u << bit % 8);
    }
    ok(always, "D30 any flipped bit of the boot record: the other cell's record starts its slot");
    bool bounded = true;
    for (uint32_t pattern = 0; pattern < 1u << 16; pattern++) {
        tm_boot_record r = {.slot = pattern & 0xff, .state = pattern >> 8 & 0xf, .previous_slot = pattern >> 12};
        if (tm_boot_record_write(&r) != TM_OK) abort();
        if (tm_boot_record_read(&r)) bounded = bounded && r.slot < TM_SLOTS && r.previous_slot < TM_SLOTS && r.state < 4;
    }
    ok(bounded, "D30 of all records with a good checksum, only those with slots and states that exist are read");
}

// Starts until power is cut at an operation, then until it goes through. True if it was cut.
static bool cut_start(uint32_t state, nor_cut cut) {
    both_slots();
    record(1, state);
    nor_arm(cut, lose_power);
    const bool was_cut = setjmp(power) != 0;
    if (!was_cut) (void)fixture_start(&boot);
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
    return was_cut;
}

// Its first unit, which makes it a head, is written last.
static void test_head_cuts(void) {
    static tm_slot_head head, found;
    const tm_flash_map *const map = port_flash_map();
    uint32_t cuts = 0, half = 0;
    fixture_unit(4096, 4);
    fixture_gated_slot(&world, 0);
    if (tm_slot_head_read(0, &head) != TM_OK) abort();
    for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
        for (nor_cut cut = {.operation = 1, .kind = (nor_cut_kind)kind, .seed = 7};; cut.operation++, cuts++) {
            nor_arm(cut, lose_power);
            const bool was_cut = setjmp(power) != 0;
            if (!was_cut && tm_slot_head_write(1, head.fixed, &head.release) != TM_OK) abort();
            nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
            if (!was_cut) break;
            const bool whole = memcmp(nor_bytes() + map->slot_a_head.off, nor_bytes() + map->slot_b_head.off, 4096) == 0;
            half += tm_slot_head_read(1, &found) != TM_ERROR_SLOT_EMPTY && !whole;
        }
    }
    ok(half == 0, "D10 after each of %u cuts while a head is written the slot is empty or the head whole", cuts);
}

static void test_cuts(uint32_t state, const char *name) {
    uint32_t cuts = 0;
    bool boots = true, settles = true;
    for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
        for (nor_cut cut = {.kind = (nor_cut_kind)kind, .seed = kind}; cut_start(state, cut); cut.operation++) {
            cuts++;
            boots = boots && fixture_start(&boot);
            boots = boots && fixture_start(&boot);
            settles = settles && starts(0, TM_BOOT_CONFIRMED) && state_is(0, TM_BOOT_STATE_CONFIRMED);
        }
    }
    ok(boots && cuts > 0, "D10 %s: after each of %u cuts an image starts", name, cuts);
    ok(settles, "D12 %s: and at the third start the old image is confirmed", name);
}

int main(void) {
    fixture_world_init(&world);
    fixture_world_init(&next);
    next.manifest.sequence_number++;
    next.image[5] ^= 0x80;
    tm_sha256(next.image, sizeof next.image, next.manifest.image_digest);
    fixture_manifest_digest(&world, digest[0]);
    fixture_manifest_digest(&next, digest[1]);
    test_choice();
    test_sizes();
    test_trial();
    test_no_way_back();
    test_locked();
    test_changes();
    test_record_bits();
    test_head_cuts();
    test_cuts(TM_BOOT_STATE_PENDING, "into a trial");
    test_cuts(TM_BOOT_STATE_TRIAL, "back from a trial");
    test_head_bits();
    return done();
}
