// SPDX-License-Identifier: Apache-2.0
// A unit on which nothing starts any more: what its bootloader takes, and what it does not.
#include "recovery.h"

#include "fixture/fixture_smp.h"
#include "fixture/fixture_unit.h"
#include "model.h"
#include "nor.h"
#include "sha256.h"
#include "tap.h"

static fixture_world world, other;
static fixture_buffer bundle, other_bundle;
static tm_boot_info boot;
static fixture_outcome outcome;

// A locked unit with one release, whose image is damaged.
static void broken(void) {
    fixture_unit(4096, 4);
    fixture_gated_slot(&world, 0);
    fixture_lock();
    nor_bytes()[port_flash_map()->slot_a_image.off + 100] ^= 4;
    if (fixture_start(&boot)) abort();
}

// The error of the first chunk that is refused.
static tm_error upload(const fixture_buffer *from, uint32_t chunk) {
    const tm_bytes bytes = tm_bytes_of(from->bytes, from->len);
    tm_error error = TM_OK;
    for (uint32_t off = 0; error == TM_OK && off < from->len;) off = fixture_upload(tm_recovery, bytes, off, chunk, &error, &outcome);
    return error;
}

static void test_recovers(uint32_t chunk) {
    broken();
    const bool taken = upload(&bundle, chunk) == TM_OK && outcome == FIXTURE_RESET;
    ok(taken && fixture_start(&boot) && boot.slot == 0, "D30 the same release in chunks of %u bytes: it starts again", chunk);
}

static void test_refuses(void) {
    broken();
    ok_error(upload(&other_bundle, 1000), TM_ERROR_RECEIPT_INVALID, "D27 another release, however well signed, is refused");
    ok(!fixture_start(&boot), "and nothing starts");
    fixture_buffer altered = bundle;
    altered.bytes[altered.len - 1] ^= 1;
    ok_error(upload(&altered, 1000), TM_ERROR_IMAGE_DIGEST_MISMATCH, "D4 another image is refused");
    altered = bundle;
    altered.len -= 5;
    ok_error(upload(&altered, 1000), TM_ERROR_ENVELOPE_MALFORMED, "D7 a bundle that ends early is refused");
    fixture_factory_slot(&world, 0);
    nor_bytes()[port_flash_map()->slot_a_image.off + 100] ^= 4;
    ok_error(upload(&bundle, 1000), TM_ERROR_RECEIPT_INVALID, "a head without a receipt entitles to nothing");
    broken();
    if (port_counter_raise(PORT_COUNTER_ROLLBACK, world.manifest.security_version + 1) != TM_OK) abort();
    ok_error(upload(&bundle, 1000), TM_ERROR_RECEIPT_INVALID, "D1 nor does one below the rollback counter");
}

static void test_order(void) {
    const tm_bytes bytes = tm_bytes_of(bundle.bytes, bundle.len);
    tm_error error;
    broken();
    ok(fixture_upload(tm_recovery, bytes, 0, 500, &error, &outcome) == 500, "the first chunk");
    ok(fixture_upload(tm_recovery, bytes, 900, 500, &error, &outcome) == 500, "A9 a chunk too far is answered with the offset expected");
    ok(fixture_upload(tm_recovery, bytes, 500, 500, &error, &outcome) == 1000, "the second chunk");
    ok(fixture_upload(tm_recovery, bytes, 500, 500, &error, &outcome) == 1000, "A9 the second chunk again changes nothing");
    tm_cbor answer, value;
    const tm_bytes empty = hex("a0");
    const fixture_outcome hello = fixture_exchange(tm_recovery, TM_SMP_OP_READ, TM_SMP_GROUP_TOUCHMARK, 0, empty, &answer);
    uint32_t rc = 0;
    (void)tm_cbor_find(&answer, "rc", &value);
    (void)tm_cbor_uint32(&value, &rc);
    ok(hello == FIXTURE_ANSWERED && rc == TM_SMP_RC_NOT_SUPPORTED, "group 64 is not supported here");
    ok(fixture_exchange(tm_recovery, TM_SMP_OP_WRITE, TM_SMP_GROUP_OS, TM_SMP_OS_RESET, empty, &answer) == FIXTURE_RESET, "reset resets");
}

// Cut while the image is written: recovery again, and again it can be finished.
static void test_cuts(void) {
    broken();
    memset(nor_bytes() + port_flash_map()->slot_a_image.off, 0, 4096);
    ok(!fixture_start(&boot), "D10 a cut recovery is no image");
    ok(upload(&bundle, 1900) == TM_OK && fixture_start(&boot), "D10 and is recovered");
}

int main(void) {
    fixture_world_init(&world);
    fixture_world_init(&other);
    other.manifest.sequence_number++;
    fixture_bundle(&world, &bundle);
    fixture_bundle(&other, &other_bundle);
    test_recovers(100);
    test_recovers(512);
    test_recovers(1900);
    test_refuses();
    test_order();
    test_cuts();
    return done();
}
