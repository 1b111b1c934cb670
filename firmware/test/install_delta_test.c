// SPDX-License-Identifier: Apache-2.0
// A delta from its first chunk to its trial: as a full image, and against the base that runs.
#include <setjmp.h>

#include "fixture/fixture_app.h"
#include "fixture/fixture_delta.h"
#include "model.h"
#include "nor.h"
#include "sha256.h"
#include "tap.h"

static jmp_buf power;

static void lose_power(void) {
    longjmp(power, 1);
}

static void fresh(uint32_t erase) {
    fixture_app_fresh(erase);
    fixture_app_build_delta();
}

static fixture_buffer *delta(void) {
    return (fixture_buffer *)app.next.delta;
}

// An image that has nothing of the base, made byte by byte from all over it: such a delta reaches beyond the staging area.
static void fresh_large(uint32_t erase) {
    static fixture_buffer large;
    static fixture_change changes[FIXTURE_IMAGE];
    uint32_t random = 1, from = 0;
    fixture_app_fresh(erase);
    for (uint32_t i = 0; i < FIXTURE_IMAGE; i++) {
        random = random * 1664525 + 1013904223;
        const uint32_t to = (random >> 16) * FIXTURE_IMAGE >> 16;
        app.next.image[i] = (uint8_t)(random >> 8);
        changes[i] = (fixture_change){1, 0, to < from ? 2 * (from - to) - 1 : 2 * (to - from)};
        from = to + 1;
    }
    tm_sha256(app.next.image, sizeof app.next.image, app.next.manifest.image_digest);
    fixture_delta_of(tm_bytes_of(app.running.image, sizeof app.running.image), tm_bytes_of(app.next.image, sizeof app.next.image), changes, FIXTURE_IMAGE, &large);
    app.next.delta = &large;
    fixture_app_build();
}

static bool starts_new(void) {
    return tm_trial_test(app.digest) == TM_OK && fixture_app_power_on() && app.boot.slot == 1 && app.boot.reason == TM_BOOT_TRIAL;
}

static bool runs_old(void) {
    return fixture_app_power_on() && app.boot.slot == 0;
}

static void test_install(void (*make)(uint32_t), const char *which) {
    static const uint32_t chunks[] = {1, 64, 512, 1900, 40000};
    uint32_t next;
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        make(4096);
        const bool all = fixture_app_upload(chunks[i], FIXTURE_ALL, &next) == TM_OK && next == app.bundle.len;
        ok(all && tm_install_passed() != NULL && starts_new(), "%s of %zu bytes in chunks of %u is staged and starts", which, app.bundle.len, chunks[i]);
        const tm_region slot = port_flash_map()->slot_b_image;
        ok(memcmp(nor_bytes() + slot.off, app.next.image, sizeof app.next.image) == 0, "and is the image");
    }
}

static void expect(tm_error expected, const char *title) {
    uint32_t next;
    tm_sha256(app.bundle.bytes, app.bundle.len, app.sha);
    ok_error(fixture_app_upload(512, FIXTURE_ALL, &next), expected, title);
    ok(tm_install_passed() == NULL && tm_trial_test(app.digest) == TM_ERROR_NO_STAGED_IMAGE && runs_old(), "and the old image runs");
}

static void expect_spoiled(size_t at, uint8_t bits, tm_error expected, const char *title) {
    fresh(4096);
    delta()->bytes[at] ^= bits;
    fixture_app_build();
    expect(expected, title);
}

static void test_delta_refusals(void) {
    expect_spoiled(TM_DELTA_HEADER_BASE_DIGEST_OFFSET, 1, TM_ERROR_DELTA_BASE_MISMATCH, "D26 a delta against another base");
    expect_spoiled(TM_DELTA_HEADER_BASE_SIZE_OFFSET + 3, 1, TM_ERROR_DELTA_BASE_MISMATCH, "D26 a base of another size");
    expect_spoiled(0, 1, TM_ERROR_DELTA_MALFORMED, "no delta");
    expect_spoiled(TM_DELTA_HEADER_BYTES, 1, TM_ERROR_DELTA_MALFORMED, "a stream that does not begin as one");
    fresh(4096);
    delta()->len = TM_DELTA_HEADER_BYTES;
    fixture_app_build();
    expect(TM_ERROR_DELTA_MALFORMED, "D7 a header without a stream");
    fresh(4096);
    delta()->len = 0;
    fixture_app_build();
    expect(TM_ERROR_DELTA_MALFORMED, "D7 an empty delta");
    fresh(4096);
    delta()->len--;
    fixture_app_build();
    expect(TM_ERROR_DELTA_MALFORMED, "D7 a delta that ends early");
    fresh(4096);
    app.next.image[5000] ^= 1;
    fixture_app_build_delta();
    expect(TM_ERROR_IMAGE_DIGEST_MISMATCH, "D4 a delta of another image than the signed one");
    fresh(4096);
    nor_bytes()[port_flash_map()->slot_a_image.off + 100] ^= 1;
    uint32_t next;
    ok_error(fixture_app_upload(512, FIXTURE_ALL, &next), TM_ERROR_DELTA_BASE_MISMATCH, "D26 a base that stands in flash otherwise than it was installed");
}

// A refused base leaves the other slot as it was: the release before is still there to go back to.
static void test_base_first(void) {
    uint32_t next;
    fresh(4096);
    ok(fixture_app_upload(1900, FIXTURE_ALL, &next) == TM_OK && starts_new() && tm_trial_confirm() == TM_OK, "the new release runs from the other slot");
    app.next.manifest.sequence_number++;
    fixture_app_build();
    static uint8_t before[FIXTURE_IMAGE];
    const tm_region head = port_flash_map()->slot_a_head;
    memcpy(before, nor_bytes() + head.off, 512);
    ok_error(fixture_app_upload(1900, FIXTURE_ALL, &next), TM_ERROR_DELTA_BASE_MISMATCH, "D26 a second update by the first one's delta");
    ok(memcmp(before, nor_bytes() + head.off, 512) == 0, "D26 changes nothing in the slot");
}

// The table of the full image's refusals, on this path.
static void test_gate_refusals(void) {
    fresh(4096);
    app.next.license.bytes[1] = TM_WORD_LICENSE_STATUS_SUSPENDED;
    fixture_app_build();
    expect(TM_ERROR_LICENSE_SUSPENDED, "D27 a suspended license");
    fresh(4096);
    app.next.release.bytes[1] = TM_WORD_RELEASE_STATUS_WITHDRAWN;
    fixture_app_build();
    expect(TM_ERROR_RELEASE_WITHDRAWN, "D27 a withdrawn release");
    fresh(4096);
    app.next.manifest.sequence_number = 9;
    fixture_app_build();
    expect(TM_ERROR_SEQUENCE_ROLLBACK, "D27 an older release");
    fresh(4096);
    app.next.manifest.class_id[0] ^= 1;
    fixture_app_build();
    expect(TM_ERROR_CLASS_MISMATCH, "D27 another class");
    fresh(4096);
    app.next.witness_mask = 1;
    fixture_app_build();
    expect(TM_ERROR_WITNESS_QUORUM, "D27 one witness of three");
    fresh(4096);
    app.bundle.bytes[6 + tm_load16_be(app.bundle.bytes + 5)] ^= 1;  // the wrapper's last byte
    expect(TM_ERROR_COSE_SIGNATURE, "D27 another signature");
}

static void test_resume(void (*make)(uint32_t), uint32_t erase, uint32_t went_on, const char *which) {
    uint32_t next, resumed = 0, total = 0;
    bool finished = true;
    for (uint32_t steps = 1;; steps++) {
        make(erase);
        if (fixture_app_upload(500, steps, &next) != TM_OK || next == app.bundle.len) break;
        finished = finished && fixture_app_power_on() && tm_install_passed() == NULL;
        finished = finished && fixture_app_send(0, 100, &next) == TM_OK;
        total++;
        if (next > 100) resumed++;
        finished = finished && fixture_app_go_on(500, &next) == TM_OK && starts_new();
    }
    ok(resumed >= went_on, "A6 %s: %u times it went on behind what is staged", which, resumed);
    ok(finished, "A6 %s, blocks of %u: reset after any of %u chunks, the upload is finished and starts", which, erase, total);
}

// True if the upload was cut at this operation.
static bool cut_at(uint32_t operation) {
    uint32_t next;
    fresh(4096);
    nor_arm((nor_cut){.operation = operation, .kind = NOR_CUT_AFTER, .seed = 1}, lose_power);
    const bool was_cut = setjmp(power) != 0;
    if (!was_cut) (void)fixture_app_upload(1900, FIXTURE_ALL, &next);
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
    return was_cut;
}

// Cut inside the last chunk, when some of the image was made: nothing is sent again, the delta is read from staging.
static void test_resume_from_staging(void) {
    uint32_t next, went_on = 0, cuts = 0;
    bool finished = true;
    for (uint32_t operation = 0; cut_at(operation); operation += 53, cuts++) {
        finished = finished && fixture_app_power_on() && fixture_app_send(0, 100, &next) == TM_OK;
        if (next == app.bundle.len) went_on++;
        finished = finished && fixture_app_go_on(500, &next) == TM_OK && starts_new();
    }
    ok(finished, "D10 power lost at %u operations of a delta install, and the update is finished", cuts);
    ok(went_on > 2, "D10 %u times by the first chunk alone", went_on);
}

static void test_resume_checks(void) {
    uint32_t next;
    fresh_large(4096);
    (void)fixture_app_upload(500, 75, &next);
    ok(fixture_app_power_on(), "reset amid a delta beyond the staging area");
    nor_bytes()[port_flash_map()->slot_b_image.off + 7] ^= 1;
    tm_error error = fixture_app_send(0, 100, &next);
    ok(error == TM_OK && next == TM_LIMIT_BUNDLE_STAGING_BYTES, "it goes on behind the staging area");
    if (error == TM_OK) error = fixture_app_go_on(500, &next);
    ok_error(error, TM_ERROR_IMAGE_DIGEST_MISMATCH, "D9 what changed in the slot meanwhile is seen");
    ok(fixture_app_upload(500, FIXTURE_ALL, &next) == TM_OK && starts_new(), "and the next try succeeds");
    fresh_large(4096);
    (void)fixture_app_upload(500, 75, &next);
    ok(fixture_app_power_on(), "again");
    nor_bytes()[port_flash_map()->slot_a_image.off + 7] ^= 1;
    ok_error(fixture_app_send(0, 100, &next), TM_ERROR_DELTA_BASE_MISMATCH, "D9 a base that changed meanwhile is seen");
}

int main(void) {
    test_install(fresh, "a delta");
    test_install(fresh_large, "a large one");
    test_delta_refusals();
    test_base_first();
    test_gate_refusals();
    test_resume(fresh, 4096, 0, "a delta");
    test_resume(fresh_large, 4096, 3, "a large one");
    test_resume(fresh_large, 262144, 3, "a large one");
    test_resume_from_staging();
    test_resume_checks();
    return done();
}
