// SPDX-License-Identifier: Apache-2.0
// What a unit does between two feeds of its watchdog, with the largest image that there is: by the work of the core's
// primitives, at what they take on the slowest chip. That an unfed watchdog bites is test/conformance.c's.
#include "fixture/fixture_app.h"
#include "fixture/fixture_delta.h"
#include "fixture/fixture_smp.h"
#include "image_group.h"
#include "model.h"
#include "nor.h"
#include "sha256.h"
#include "smp_server.h"
#include "tap.h"
#include "work.h"

// Instructions of each, as measured on rv32imc; the ESP32-C3 port leaves the clock at its crystal's 40 MHz.
enum { VERIFY = 2150000, SHA256_BYTE = 93, KECCAK_BLOCK = 24600, PER_MS = 40000 };

static uint8_t bundle[TM_LIMIT_IMAGE_BYTES + TM_LIMIT_BUNDLE_STAGING_BYTES];
static uint32_t bundle_len;

static struct {
    tm_work fed;        // what was done at the last feed
    uint32_t longest;   // ms of work since
    uint32_t verifies;  // the most in one
    uint32_t feeds;
} watch;

static void on_feed(void) {
    const tm_work now = tm_work_done;
    const uint32_t verifies = now.verifies - watch.fed.verifies;
    const uint64_t work = (uint64_t)verifies * VERIFY +
                          (uint64_t)(now.sha256_bytes - watch.fed.sha256_bytes) * SHA256_BYTE +
                          (uint64_t)(now.keccak_blocks - watch.fed.keccak_blocks) * KECCAK_BLOCK;
    if (work / PER_MS > watch.longest) watch.longest = (uint32_t)(work / PER_MS);
    if (verifies > watch.verifies) watch.verifies = verifies;
    watch.fed = now;
    watch.feeds++;
}

static void begin(void) {
    watch.longest = watch.verifies = watch.feeds = 0;
    watch.fed = tm_work_done;
}

// What came after the last feed counts, too.
static void end(const char *what) {
    const uint32_t feeds = watch.feeds;
    on_feed();
    watch.feeds = feeds;
    printf("# %s: %u feeds, at most %u ms and %u verifies between two\n", what, watch.feeds, watch.longest, watch.verifies);
}

static void serve(void) {
    static const tm_smp_group *const groups[] = {&tm_image_group};
    static const tm_smp_service service = {groups, 1};
    tm_smp_serve(&service);
}

static void fresh(uint32_t payload_len) {
    static fixture_buffer front;
    memset(app.next.release_key, 0, sizeof app.next.release_key);
    fixture_bundle_front(&app.next, payload_len, &front);
    fixture_manifest_digest(&app.next, app.digest);
    memcpy(bundle, front.bytes, front.len);
    bundle_len = (uint32_t)front.len + payload_len;
}

static uint8_t *image(void) {
    return bundle + bundle_len - TM_LIMIT_IMAGE_BYTES;
}

static void largest(const uint8_t *bytes) {
    app.next.manifest.image_size = TM_LIMIT_IMAGE_BYTES;
    tm_sha256(bytes, TM_LIMIT_IMAGE_BYTES, app.next.manifest.image_digest);
}

// From `off` until `end` or a refusal.
static tm_error upload(uint32_t off, uint32_t end) {
    fixture_outcome outcome;
    tm_error error = TM_OK;
    while (error == TM_OK && off < end) {
        if (off == 0) watch.fed.sha256_bytes += bundle_len;  // the client's own hash
        off = fixture_upload(serve, tm_bytes_of(bundle, bundle_len), off, 1900, &error, &outcome);
    }
    return error;
}

static void test_full(void) {
    static uint8_t made[TM_LIMIT_IMAGE_BYTES];
    fixture_app_fresh(4096);
    for (uint32_t i = 0; i < sizeof made; i++) made[i] = (uint8_t)((i * 2654435761u) >> 23);
    largest(made);
    fresh(sizeof made);
    memcpy(image(), made, sizeof made);
    model.on_feed = on_feed;
    begin();
    bool fine = upload(0, bundle_len) == TM_OK && tm_install_passed() != NULL;
    end("install");
    ok(fine && watch.longest < 1000 && watch.verifies >= 8 && watch.feeds > sizeof made / 1900,
       "D33 an install of the largest image feeds the watchdog after the gate, each chunk and the last hash");
    ok(tm_trial_test(app.digest) == TM_OK, "it is tested");
    begin();
    fine = fixture_app_power_on() && app.boot.slot == 1;
    end("boot");
    ok(fine && watch.longest < 300 && watch.verifies >= 4 && watch.feeds > sizeof made / 4096,
       "D33 the bootloader feeds it after the signatures and after each 4 KiB that it hashes");
}

static void test_resume(void) {
    fixture_app_fresh(4096);
    largest(image());
    (void)upload(0, bundle_len - 1900);
    if (!fixture_app_power_on()) abort();
    model.on_feed = on_feed;
    begin();
    const bool fine = upload(0, bundle_len) == TM_OK && tm_install_passed() != NULL;
    end("resume");
    ok(fine && watch.longest < PORT_WATCHDOG_MS / 4 && watch.verifies >= 8 && watch.feeds > 1,
       "D33 after a reset all checks again, and the hash of all that was written, fit in a quarter of its time");
}

// A few bytes that stand for the largest image.
static void test_delta(void) {
    static uint8_t zeros[TM_LIMIT_IMAGE_BYTES];
    static fixture_buffer delta;
    fixture_app_fresh(4096);
    fixture_delta(tm_bytes_of(app.running.image, sizeof app.running.image), tm_bytes_of(zeros, sizeof zeros), &delta);
    largest(zeros);
    app.next.delta = &delta;
    fresh((uint32_t)delta.len);
    memcpy(bundle + bundle_len - delta.len, delta.bytes, delta.len);
    model.on_feed = on_feed;
    begin();
    const bool fine = upload(0, bundle_len) == TM_OK && tm_install_passed() != NULL;
    end("delta");
    ok(fine && watch.longest < 1000, "D25 D33 a delta of a few bytes that makes the largest image feeds it while it is made");
    app.next.delta = NULL;
}

int main(void) {
    test_full();
    test_resume();
    test_delta();
    return done();
}
