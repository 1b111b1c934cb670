// SPDX-License-Identifier: Apache-2.0
// A release from its first chunk to its trial: order, resume, refusals, power cuts.
#include "install.h"

#include <setjmp.h>

#include "fixture/fixture_app.h"
#include "model.h"
#include "nor.h"
#include "sha256.h"
#include "tap.h"

static jmp_buf power;

static void lose_power(void) {
    longjmp(power, 1);
}

static bool runs_old(void) {
    return fixture_app_power_on() && app.boot.slot == 0;
}

static void test_install(void) {
    static const uint32_t chunks[] = {1, 3, 64, 512, 1000, 1900, 4096, 40000};
    uint32_t next;
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        fixture_app_fresh(4096);
        const bool all = fixture_app_upload(chunks[i], FIXTURE_ALL, &next) == TM_OK && next == app.bundle.len;
        const uint8_t *passed = tm_install_passed();
        ok(all && passed != NULL && memcmp(passed, app.digest, 32) == 0, "a bundle in chunks of %u bytes is staged", chunks[i]);
    }
    ok(tm_trial_test(app.digest) == TM_OK && tm_trial_pending(), "test makes it pending");
    ok(fixture_app_power_on() && app.boot.slot == 1 && app.boot.reason == TM_BOOT_TRIAL && tm_trial_running(), "the next start is its trial");
    ok_error(fixture_app_upload(512, FIXTURE_ALL, &next), TM_ERROR_TRIAL_RUNNING, "no upload while on trial");
    app.self_test = false;
    ok_error(tm_trial_confirm(), TM_ERROR_SELF_TEST_PENDING, "no confirm before the self-test");
    app.self_test = true;
    app.raises = 0;
    ok(tm_trial_confirm() == TM_OK && app.raises == 1 && !tm_trial_running(), "D13 confirm ends the trial, then the counter rises");
    ok(fixture_app_power_on() && app.boot.slot == 1 && app.boot.reason == TM_BOOT_CONFIRMED, "the new release is what starts");
    ok(app.raises == 2, "D13 a raise that a power cut swallowed is made up for at the next start");
}

static void test_order(void) {
    uint32_t next;
    fixture_app_fresh(4096);
    ok(fixture_app_send(700, 100, &next) == TM_OK && next == 0, "A9 a chunk of no upload is answered with offset 0");
    ok(fixture_app_send(0, 500, &next) == TM_OK && next == 500, "the first chunk");
    ok(fixture_app_send(0, 500, &next) == TM_OK && next == 500, "A9 the first chunk again changes nothing");
    ok(fixture_app_send(600, 100, &next) == TM_OK && next == 500, "A9 a chunk too far is answered with the offset expected");
    ok(fixture_app_send(500, 200, &next) == TM_OK && next == 700, "the second chunk");
    ok(fixture_app_send(500, 200, &next) == TM_OK && next == 700, "A9 the second chunk again changes nothing");
    ok(fixture_app_go_on(700, &next) == TM_OK && tm_install_passed() != NULL, "and the bundle arrives");
    ok(fixture_app_send((uint32_t)app.bundle.len - 10, 10, &next) == TM_OK && next == app.bundle.len, "the last chunk again is answered with the end");
    tm_install_chunk chunk = {0, tm_bytes_of(app.bundle.bytes, 100), (uint32_t)app.bundle.len, NULL};
    tm_install_forget();
    ok_error(tm_install_take(&chunk, &next), TM_ERROR_CHUNK_DIGEST, "a first chunk without sha");
    chunk = (tm_install_chunk){0, tm_bytes_of(app.bundle.bytes, 100), 99, app.sha};
    ok_error(tm_install_take(&chunk, &next), TM_ERROR_ENVELOPE_MALFORMED, "D6 more data than the whole");
}

static void expect(tm_error expected, const char *title) {
    uint32_t next;
    tm_sha256(app.bundle.bytes, app.bundle.len, app.sha);
    const nor_counts before = nor_totals();
    ok_error(fixture_app_upload(512, FIXTURE_ALL, &next), expected, title);
    ok(tm_install_passed() == NULL && nor_totals().programs >= before.programs && runs_old(), "and the old image runs");
}

static void test_refusals(void) {
    fixture_app_fresh(4096);
    app.bundle.bytes[app.bundle.len - 1] ^= 1;
    expect(TM_ERROR_IMAGE_DIGEST_MISMATCH, "D4 another image than the signed one");
    ok_error(tm_trial_test(app.digest), TM_ERROR_NO_STAGED_IMAGE, "and nothing can be tested");
    fixture_app_fresh(4096);
    app.bundle.len--;
    expect(TM_ERROR_ENVELOPE_MALFORMED, "D7 a bundle that ends early");
    fixture_app_fresh(4096);
    app.next.license.bytes[1] = TM_WORD_LICENSE_STATUS_SUSPENDED;
    fixture_app_build();
    expect(TM_ERROR_LICENSE_SUSPENDED, "what the gate refuses");
    fixture_app_fresh(4096);
    app.next.manifest.sequence_number = 9;
    fixture_app_build();
    expect(TM_ERROR_SEQUENCE_ROLLBACK, "D1 an older release");
    fixture_app_fresh(4096);
    uint32_t next;
    (void)fixture_app_upload(512, FIXTURE_ALL, &next);
    (void)tm_trial_test(app.digest);
    (void)fixture_app_send(0, 0, &next);
    ok(tm_trial_pending(), "the same upload again leaves the pending image");
    app.sha[0] ^= 1;
    (void)fixture_app_send(0, 100, &next);
    ok(!tm_trial_pending() && runs_old(), "another upload takes its place: the old image starts");
}

// Reset after each chunk, then the same upload: it goes on where marks stand, and all checks run again.
static void test_resume(uint32_t erase) {
    uint32_t next, resumed = 0, total = 0;
    bool finished = true;
    for (uint32_t steps = 1;; steps++) {
        fixture_app_fresh(erase);
        if (fixture_app_upload(500, steps, &next) != TM_OK) break;
        const uint32_t before = next;
        if (before == app.bundle.len) break;
        finished = finished && fixture_app_power_on() && tm_install_passed() == NULL;
        finished = finished && fixture_app_send(0, 100, &next) == TM_OK;
        total++;
        if (next > 100) resumed++;
        finished = finished && next <= before + 100;
        finished = finished && fixture_app_go_on(500, &next) == TM_OK && tm_install_passed() != NULL && tm_trial_test(app.digest) == TM_OK && fixture_app_power_on() && app.boot.slot == 1;
    }
    ok(finished, "A6 blocks of %u: reset after any of %u chunks, the upload is finished and starts", erase, total);
    ok(resumed > 5, "A6 and %u times it went on inside the image", resumed);
}

static void test_resume_checks(void) {
    uint32_t next;
    fixture_app_fresh(4096);
    (void)fixture_app_upload(500, 20, &next);
    const uint32_t before = next;
    app.next.license.bytes[1] = TM_WORD_LICENSE_STATUS_SUSPENDED;  // another upload
    fixture_app_build();
    ok(fixture_app_power_on() && fixture_app_send(0, 100, &next) == TM_OK && next == 100, "another upload does not go on from there");
    fixture_app_fresh(4096);
    (void)fixture_app_upload(500, 20, &next);
    ok(before == next && fixture_app_power_on(), "again");
    nor_bytes()[port_flash_map()->slot_b_image.off + 7] ^= 1;
    tm_error error = fixture_app_send(0, 100, &next);
    if (error == TM_OK) error = fixture_app_go_on(500, &next);
    ok_error(error, TM_ERROR_IMAGE_DIGEST_MISMATCH, "D9 what changed in flash meanwhile is seen");
    ok(fixture_app_upload(500, FIXTURE_ALL, &next) == TM_OK && tm_install_passed() != NULL, "and the next try, from the start, succeeds");
    fixture_app_fresh(4096);
    (void)fixture_app_upload(500, 20, &next);
    nor_bytes()[port_flash_map()->staging.off + 300] ^= 1;
    ok(fixture_app_power_on() && fixture_app_send(0, 100, &next) != TM_OK, "D9 what changed in the staging area is seen");
    ok(fixture_app_upload(500, FIXTURE_ALL, &next) == TM_OK && tm_install_passed() != NULL, "and the next try succeeds");
}

// What was hashed on its way in is hashed again where it stands.
static void test_read_back(void) {
    uint32_t next;
    fixture_app_fresh(4096);
    (void)fixture_app_upload(500, 20, &next);
    nor_bytes()[port_flash_map()->slot_b_image.off + 7] ^= 1;
    ok_error(fixture_app_go_on(500, &next), TM_ERROR_IMAGE_FLASH_MISMATCH, "D9 flash that holds another byte than was written is seen");
    ok(tm_install_passed() == NULL && tm_trial_test(app.digest) == TM_ERROR_NO_STAGED_IMAGE && runs_old(), "and nothing can be tested");
}

// The whole way, cut at one operation. True if it was cut.
static bool cut_install(uint32_t erase, nor_cut cut) {
    uint32_t next;
    fixture_app_fresh(erase);
    nor_arm(cut, lose_power);
    const bool was_cut = setjmp(power) != 0;
    if (!was_cut && fixture_app_upload(1900, FIXTURE_ALL, &next) == TM_OK && tm_trial_test(app.digest) == TM_OK && fixture_app_power_on()) {
        (void)tm_trial_confirm();
    }
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
    return was_cut;
}

static bool finish(void) {
    uint32_t next;
    if (!fixture_app_power_on()) return false;
    if (app.boot.slot == 1 && tm_trial_running()) return tm_trial_confirm() == TM_OK;
    if (app.boot.slot == 1) return true;
    // At the first try: progress never names what had not been written.
    if (fixture_app_upload(1900, FIXTURE_ALL, &next) != TM_OK || tm_install_passed() == NULL) return false;
    return tm_trial_test(app.digest) == TM_OK && fixture_app_power_on() && app.boot.slot == 1 && tm_trial_confirm() == TM_OK;
}

static void test_cuts(uint32_t erase) {
    uint32_t cuts = 0;
    bool boots = true, finishes = true;
    for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
        // A stride with no common factor to the layout visits every phase in bearable time.
        for (nor_cut cut = {.operation = kind, .kind = (nor_cut_kind)kind, .seed = 1}; cut_install(erase, cut); cut.operation += 71) {
            cut.seed++;
            cuts++;
            boots = boots && fixture_app_power_on();
            finishes = finishes && finish() && fixture_app_power_on() && app.boot.slot == 1 && app.boot.reason == TM_BOOT_CONFIRMED;
            if (!boots || !finishes) {
                printf("# operation %u kind %u seed %llu erase %u\n", cut.operation, kind, (unsigned long long)cut.seed, erase);
                kind = NOR_CUT_KINDS;
                break;
            }
        }
    }
    ok(boots, "D10 blocks of %u: after each of %u cuts on the way an image starts", erase, cuts);
    ok(finishes, "D10 blocks of %u: and the same upload, once more, finishes the update", erase);
}

int main(void) {
    test_install();
    test_order();
    test_refusals();
    test_resume(4096);
    test_resume(262144);
    test_resume_checks();
    test_read_back();
    test_cuts(4096);
    test_cuts(262144);
    return done();
}
