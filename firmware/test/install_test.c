// SPDX-License-Identifier: Apache-2.0
// A release from its first chunk to its trial: order, resume, refusals, power cuts.
#include "install.h"

#include <setjmp.h>

#include "fixture/fixture_gate.h"
#include "fixture/fixture_unit.h"
#include "launched.h"
#include "model.h"
#include "nor.h"
#include "progress.h"
#include "sha256.h"
#include "tap.h"
#include "trial.h"

static fixture_world running, world;
static fixture_store store;
static fixture_buffer bundle;
static uint8_t sha[32], digest[32];
static tm_boot_info boot;
static jmp_buf power;
static bool self_test = true;
static int raises;

static tm_unit unit(void) {
    return world.unit;
}

static void challenge_used(void) {}

static bool self_test_passed(void) {
    return self_test;
}

static tm_error raise_rollback(void) {
    raises++;
    return TM_OK;
}

static const tm_install_context install_context = {unit, {fixture_store_anchor, &store}, challenge_used};
static const tm_trial_context trial_context = {self_test_passed, raise_rollback};

static void lose_power(void) {
    longjmp(power, 1);
}

// Power on: bootloader, then what the app sets up. False where nothing starts.
static bool power_on(void) {
    if (!fixture_start(&boot)) return false;
    tm_launched_set(&boot);
    tm_install_start(&install_context);
    return tm_trial_start(&trial_context) == TM_OK;
}

static void build(void) {
    memset(world.release_key, 0, sizeof world.release_key);
    fixture_bundle(&world, &bundle);
    tm_sha256(bundle.bytes, bundle.len, sha);
    fixture_manifest_digest(&world, digest);
}

// A locked unit that runs `running` from slot A, and a release for slot B.
static void fresh(uint32_t erase) {
    fixture_world_init(&running);
    fixture_world_init(&world);
    running.image[0] ^= 1;
    running.manifest.sequence_number = 10;
    tm_sha256(running.image, sizeof running.image, running.manifest.image_digest);
    store = (fixture_store){0};
    self_test = true;
    fixture_unit(erase, 4);
    fixture_gated_slot(&running, 0);
    fixture_lock();
    build();
    if (!power_on()) abort();
}

static tm_error send(uint32_t off, uint32_t len, uint32_t *next) {
    const tm_install_chunk chunk = {off, tm_bytes_of(bundle.bytes + off, len), (uint32_t)bundle.len, off == 0 ? sha : NULL};
    return tm_install_take(&chunk, next);
}

// As a client does: from the offset that the unit names, until all is there, until an error, or for at most `steps`.
static tm_error upload(uint32_t chunk, uint32_t steps, uint32_t *next) {
    *next = 0;
    for (uint32_t i = 0; i < steps && (i == 0 || *next < bundle.len); i++) {
        const uint32_t left = (uint32_t)bundle.len - *next;
        TM_TRY(send(*next, left < chunk ? left : chunk, next));
    }
    return TM_OK;
}

#define ALL UINT32_MAX

static bool runs_old(void) {
    return power_on() && boot.slot == 0;
}

static void test_install(void) {
    static const uint32_t chunks[] = {1, 3, 64, 512, 1000, 1900, 4096, 40000};
    uint32_t next;
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        fresh(4096);
        const bool all = upload(chunks[i], ALL, &next) == TM_OK && next == bundle.len;
        const uint8_t *passed = tm_install_passed();
        ok(all && passed != NULL && memcmp(passed, digest, 32) == 0, "a bundle in chunks of %u bytes is staged", chunks[i]);
    }
    ok(tm_trial_test(digest) == TM_OK && tm_trial_pending(), "test makes it pending");
    ok(power_on() && boot.slot == 1 && boot.reason == TM_BOOT_TRIAL && tm_trial_running(), "the next start is its trial");
    ok_error(upload(512, ALL, &next), TM_ERROR_TRIAL_RUNNING, "no upload while on trial");
    self_test = false;
    ok_error(tm_trial_confirm(), TM_ERROR_SELF_TEST_PENDING, "no confirm before the self-test");
    self_test = true;
    raises = 0;
    ok(tm_trial_confirm() == TM_OK && raises == 1 && !tm_trial_running(), "D13 confirm ends the trial, then the counter rises");
    ok(power_on() && boot.slot == 1 && boot.reason == TM_BOOT_CONFIRMED, "the new release is what starts");
    ok(raises == 2, "D13 a raise that a power cut swallowed is made up for at the next start");
}

static void test_order(void) {
    uint32_t next;
    fresh(4096);
    ok(send(700, 100, &next) == TM_OK && next == 0, "A9 a chunk of no upload is answered with offset 0");
    ok(send(0, 500, &next) == TM_OK && next == 500, "the first chunk");
    ok(send(0, 500, &next) == TM_OK && next == 500, "A9 the first chunk again changes nothing");
    ok(send(600, 100, &next) == TM_OK && next == 500, "A9 a chunk too far is answered with the offset expected");
    ok(send(500, 200, &next) == TM_OK && next == 700, "the second chunk");
    ok(send(500, 200, &next) == TM_OK && next == 700, "A9 the second chunk again changes nothing");
    while (next < bundle.len) {
        const uint32_t left = (uint32_t)bundle.len - next;
        if (send(next, left < 700 ? left : 700, &next) != TM_OK) break;
    }
    ok(tm_install_passed() != NULL, "and the bundle arrives");
    ok(send((uint32_t)bundle.len - 10, 10, &next) == TM_OK && next == bundle.len, "the last chunk again is answered with the end");
    tm_install_chunk chunk = {0, tm_bytes_of(bundle.bytes, 100), (uint32_t)bundle.len, NULL};
    tm_install_forget();
    ok_error(tm_install_take(&chunk, &next), TM_ERROR_CHUNK_DIGEST, "a first chunk without sha");
    chunk = (tm_install_chunk){0, tm_bytes_of(bundle.bytes, 100), 99, sha};
    ok_error(tm_install_take(&chunk, &next), TM_ERROR_ENVELOPE_MALFORMED, "D6 more data than the whole");
}

static void expect(tm_error expected, const char *title) {
    uint32_t next;
    tm_sha256(bundle.bytes, bundle.len, sha);
    const nor_counts before = nor_totals();
    ok_error(upload(512, ALL, &next), expected, title);
    ok(tm_install_passed() == NULL && nor_totals().programs >= before.programs && runs_old(), "and the old image runs");
}

static void test_refusals(void) {
    fresh(4096);
    bundle.bytes[bundle.len - 1] ^= 1;
    expect(TM_ERROR_IMAGE_DIGEST_MISMATCH, "D4 another image than the signed one");
    ok_error(tm_trial_test(digest), TM_ERROR_NO_STAGED_IMAGE, "and nothing can be tested");
    fresh(4096);
    bundle.len--;
    expect(TM_ERROR_ENVELOPE_MALFORMED, "D7 a bundle that ends early");
    fresh(4096);
    world.license.bytes[1] = TM_WORD_LICENSE_STATUS_SUSPENDED;
    build();
    expect(TM_ERROR_LICENSE_SUSPENDED, "what the gate refuses");
    fresh(4096);
    world.manifest.sequence_number = 9;
    build();
    expect(TM_ERROR_SEQUENCE_ROLLBACK, "D1 an older release");
    fresh(4096);
    uint32_t next;
    (void)upload(512, ALL, &next);
    (void)tm_trial_test(digest);
    (void)send(0, 0, &next);
    ok(tm_trial_pending(), "the same upload again leaves the pending image");
    sha[0] ^= 1;
    (void)send(0, 100, &next);
    ok(!tm_trial_pending() && runs_old(), "another upload takes its place: the old image starts");
}

// Reset after each chunk, then the same upload: it goes on where marks stand, and all checks run again.
static void test_resume(uint32_t erase) {
    uint32_t next, resumed = 0, total = 0;
    bool finished = true;
    for (uint32_t steps = 1;; steps++) {
        fresh(erase);
        if (upload(500, steps, &next) != TM_OK) break;
        const uint32_t before = next;
        if (before == bundle.len) break;
        finished = finished && power_on() && tm_install_passed() == NULL;
        finished = finished && send(0, 100, &next) == TM_OK;
        total++;
        if (next > 100) resumed++;
        finished = finished && next <= before + 100;
        while (finished && next < bundle.len) {
            const uint32_t left = (uint32_t)bundle.len - next;
            finished = send(next, left < 500 ? left : 500, &next) == TM_OK;
        }
        finished = finished && tm_install_passed() != NULL && tm_trial_test(digest) == TM_OK && power_on() && boot.slot == 1;
    }
    ok(finished, "A6 blocks of %u: reset after any of %u chunks, the upload is finished and starts", erase, total);
    ok(resumed > 5, "A6 and %u times it went on inside the image", resumed);
}

static void test_resume_checks(void) {
    uint32_t next;
    fresh(4096);
    (void)upload(500, 20, &next);
    const uint32_t before = next;
    world.license.bytes[1] = TM_WORD_LICENSE_STATUS_SUSPENDED;  // another upload
    build();
    ok(power_on() && send(0, 100, &next) == TM_OK && next == 100, "another upload does not go on from there");
    fresh(4096);
    (void)upload(500, 20, &next);
    ok(before == next && power_on(), "again");
    nor_bytes()[port_flash_map()->slot_b_image.off + 7] ^= 1;
    tm_error error = send(0, 100, &next);
    while (error == TM_OK && next < bundle.len) {
        const uint32_t left = (uint32_t)bundle.len - next;
        error = send(next, left < 500 ? left : 500, &next);
    }
    ok_error(error, TM_ERROR_IMAGE_DIGEST_MISMATCH, "D9 what changed in flash meanwhile is seen");
    ok(upload(500, ALL, &next) == TM_OK && tm_install_passed() != NULL, "and the next try, from the start, succeeds");
    fresh(4096);
    (void)upload(500, 20, &next);
    nor_bytes()[port_flash_map()->staging.off + 300] ^= 1;
    ok(power_on() && send(0, 100, &next) != TM_OK, "D9 what changed in the staging area is seen");
    ok(upload(500, ALL, &next) == TM_OK && tm_install_passed() != NULL, "and the next try succeeds");
}

// The whole way, cut at one operation. True if it was cut.
static bool cut_install(uint32_t erase, nor_cut cut) {
    uint32_t next;
    fresh(erase);
    nor_arm(cut, lose_power);
    const bool was_cut = setjmp(power) != 0;
    if (!was_cut && upload(1900, ALL, &next) == TM_OK && tm_trial_test(digest) == TM_OK && power_on()) {
        (void)tm_trial_confirm();
    }
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
    return was_cut;
}

static bool finish(void) {
    uint32_t next;
    if (!power_on()) return false;
    if (boot.slot == 1 && tm_trial_running()) return tm_trial_confirm() == TM_OK;
    if (boot.slot == 1) return true;
    for (int tries = 0; tries < 2; tries++) {
        if (upload(1900, ALL, &next) == TM_OK && tm_install_passed() != NULL) break;
    }
    return tm_trial_test(digest) == TM_OK && power_on() && boot.slot == 1 && tm_trial_confirm() == TM_OK;
}

static void test_cuts(uint32_t erase) {
    uint32_t cuts = 0;
    bool boots = true, finishes = true;
    for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
        // A stride with no common factor to the layout visits every phase in bearable time.
        for (nor_cut cut = {.operation = kind, .kind = (nor_cut_kind)kind, .seed = 1}; cut_install(erase, cut); cut.operation += 71) {
            cut.seed++;
            cuts++;
            boots = boots && power_on();
            finishes = finishes && finish() && power_on() && boot.slot == 1 && boot.reason == TM_BOOT_CONFIRMED;
            if (!boots || !finishes) {
                printf("# operation %u kind %u seed %llu erase %u\n", cut.operation, kind, (unsigned long long)cut.seed, erase);
                kind = NOR_CUT_KINDS;
                break;
            }
        }
    }
    ok(boots, "D10 blocks of %u: after each of %u cuts on the way an image starts", erase, cuts);
    ok(finishes, "D10 blocks of %u: and the update can be finished", erase);
}

int main(void) {
    test_install();
    test_order();
    test_refusals();
    test_resume(4096);
    test_resume(262144);
    test_resume_checks();
    test_cuts(4096);
    test_cuts(262144);
    return done();
}
