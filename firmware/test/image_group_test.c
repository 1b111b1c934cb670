// SPDX-License-Identifier: Apache-2.0
// SMP group 1 as a client sees it.
#include "image_group.h"

#include "fixture/fixture_app.h"
#include "fixture/fixture_smp.h"
#include "model.h"
#include "nor.h"
#include "smp_server.h"
#include "tap.h"

static tm_cbor answer;

static void serve(void) {
    static const tm_smp_group *const groups[] = {&tm_image_group};
    static const tm_smp_service service = {groups, 1};
    tm_smp_serve(&service);
}

static void read_only(uint8_t command) {
    (void)fixture_exchange(serve, TM_SMP_OP_READ, TM_SMP_GROUP_IMAGE, command, hex("a0"), &answer);
}

static tm_error write(uint8_t command, tm_bytes request) {
    (void)fixture_exchange(serve, TM_SMP_OP_WRITE, TM_SMP_GROUP_IMAGE, command, request, &answer);
    return fixture_error(&answer);
}

// {hash, confirm}; hash NULL: without.
static tm_error set_state(const uint8_t *hash, bool confirm) {
    uint8_t bytes[64];
    tm_cbor_writer out;
    tm_bytes request;
    tm_cbor_writer_init(&out, bytes, sizeof bytes);
    tm_cbor_put_map(&out, hash == NULL ? 1 : 2);
    if (hash != NULL) {
        tm_cbor_put_tstr(&out, "hash");
        tm_cbor_put_bstr(&out, hash, 32);
    }
    tm_cbor_put_tstr(&out, "confirm");
    tm_cbor_put_bool(&out, confirm);
    if (tm_cbor_written(&out, &request) != TM_OK) abort();
    return write(TM_SMP_IMAGE_STATE, request);
}

// A flag of a slot in the state; false also where the slot is not listed.
static bool flag(uint32_t slot, const char *name) {
    tm_cbor images, image, fields, value;
    uint32_t number;
    bool set = false;
    read_only(TM_SMP_IMAGE_STATE);
    if (tm_cbor_find(&answer, "images", &value) != TM_OK || tm_cbor_array(&value, &images) != TM_OK) return false;
    while (!tm_cbor_done(&images)) {
        if (tm_cbor_map(&images, &fields) != TM_OK || tm_cbor_find(&fields, "slot", &image) != TM_OK) return false;
        if (tm_cbor_uint32(&image, &number) != TM_OK || number != slot) continue;
        if (tm_cbor_find(&fields, name, &value) != TM_OK) return false;
        return tm_cbor_bool(&value, &set) == TM_OK && set;
    }
    return false;
}

static void test_life(void) {
    uint32_t next;
    fixture_app_fresh(4096);
    ok(flag(0, "active") && flag(0, "confirmed") && !flag(1, "bootable"), "one image: active, confirmed");
    ok_error(set_state(app.digest, false), TM_ERROR_NO_STAGED_IMAGE, "nothing is staged that could be tested");
    if (fixture_app_upload(1500, FIXTURE_ALL, &next) != TM_OK) abort();
    ok(flag(1, "bootable") && !flag(1, "pending"), "the staged image is listed");
    ok_error(set_state(app.digest, true), TM_ERROR_SELF_TEST_PENDING, "it cannot be confirmed before it ran");
    ok(set_state(app.digest, false) == TM_OK && flag(1, "pending") && flag(0, "confirmed"), "test makes it pending");
    if (!fixture_app_power_on()) abort();
    ok(flag(1, "active") && !flag(1, "confirmed") && flag(0, "confirmed"), "on trial the image before is the confirmed one");
    ok_error(write(TM_SMP_IMAGE_ERASE, hex("a0")), TM_ERROR_TRIAL_RUNNING, "no erase on trial");
    ok(set_state(NULL, true) == TM_OK && flag(1, "confirmed") && !flag(0, "confirmed"), "confirm without hash is for what runs");
    ok_error(write(TM_SMP_IMAGE_STATE, hex("a2 6468617368 40 67636f6e6669726d f5")), TM_OK, "an empty hash is none");
    ok_error(write(TM_SMP_IMAGE_STATE, hex("a2 6468617368 f6 67636f6e6669726d f5")), TM_OK, "nor is null one");
    ok_error(set_state(app.digest, true), TM_OK, "and again changes nothing");
    ok(write(TM_SMP_IMAGE_ERASE, hex("a0")) == TM_OK && !flag(0, "bootable"), "erase empties the other slot");
    ok(fixture_app_power_on() && app.boot.slot == 1, "and what runs starts again");
}

static void test_erase_of_pending(void) {
    uint32_t next;
    fixture_app_fresh(4096);
    if (fixture_app_upload(1500, FIXTURE_ALL, &next) != TM_OK || set_state(app.digest, false) != TM_OK) abort();
    ok(write(TM_SMP_IMAGE_ERASE, hex("a1 64736c6f74 01")) == TM_OK && !flag(1, "pending"), "an erased image is pending no more");
    ok(fixture_app_power_on() && app.boot.slot == 0 && app.boot.reason == TM_BOOT_CONFIRMED, "and the old one starts");
    ok_error(set_state(app.digest, false), TM_ERROR_NO_STAGED_IMAGE, "nor is it staged");
}

static void test_refusals(void) {
    fixture_app_fresh(4096);
    ok_error(write(TM_SMP_IMAGE_ERASE, hex("a1 64736c6f74 00")), TM_ERROR_MESSAGE_FIELD, "what runs is not erased");
    ok_error(write(TM_SMP_IMAGE_STATE, hex("a1 6468617368 4101")), TM_ERROR_MESSAGE_FIELD, "a hash of another length");
    ok_error(write(TM_SMP_IMAGE_STATE, hex("a0")), TM_ERROR_MESSAGE_FIELD, "neither hash nor confirm");
    ok_error(write(TM_SMP_IMAGE_UPLOAD, hex("a1 636f6666 00")), TM_ERROR_MESSAGE_FIELD, "an upload without data");
    ok_error(write(TM_SMP_IMAGE_UPLOAD, hex("a1 6464617461 4100")), TM_ERROR_MESSAGE_FIELD, "an upload without offset");
    ok_error(write(TM_SMP_IMAGE_UPLOAD, hex("a3 636f6666 00 6464617461 4100 65696d616765 01")), TM_ERROR_MESSAGE_FIELD,
             "an upload for another image");
    ok_error(write(TM_SMP_IMAGE_UPLOAD, hex("a3 636f6666 00 6464617461 4100 63736861 4100")), TM_ERROR_MESSAGE_FIELD,
             "an upload with a short sha");
    ok_error(write(TM_SMP_IMAGE_UPLOAD, hex("a3 636f6666 00 6464617461 4100 636c656e 1b0000000100000000")),
             TM_ERROR_MESSAGE_FIELD, "D22 a length of 2^32");
}

// {off: 0, len, data: the bundle's first 32 bytes} and no sha, as a client with a small mtu opens an upload.
static tm_error open_nameless(uint8_t bits, uint32_t *next) {
    uint8_t bytes[64];
    tm_cbor_writer out;
    tm_cbor off;
    uint8_t data[32];
    memcpy(data, app.bundle.bytes, sizeof data);
    data[31] ^= bits;
    tm_cbor_writer_init(&out, bytes, sizeof bytes);
    tm_cbor_put_map(&out, 3);
    tm_cbor_put_tstr(&out, "off");
    tm_cbor_put_uint(&out, 0);
    tm_cbor_put_tstr(&out, "len");
    tm_cbor_put_uint(&out, app.bundle.len);
    tm_cbor_put_tstr(&out, "data");
    tm_cbor_put_bstr(&out, data, sizeof data);
    TM_TRY(write(TM_SMP_IMAGE_UPLOAD, tm_bytes_of(bytes, out.len)));
    TM_TRY(tm_cbor_find(&answer, "off", &off));
    return tm_cbor_uint32(&off, next);
}

static void test_nameless_upload(void) {
    uint32_t next;
    fixture_app_fresh(4096);
    ok(open_nameless(0, &next) == TM_OK && next == 32, "an upload without sha is opened by its first chunk");
    ok(fixture_app_send(32, 500, &next) == TM_OK && open_nameless(0, &next) == TM_OK && next == 532, "the same again is answered with the offset expected");
    ok(open_nameless(1, &next) == TM_OK && next == 32, "another first chunk is another upload");
    ok(open_nameless(0, &next) == TM_OK && fixture_app_go_on(1500, &next) == TM_OK && tm_install_passed() != NULL, "and it is staged");
}

static void test_slot_info(void) {
    tm_cbor value;
    read_only(TM_SMP_IMAGE_SLOT_INFO);
    ok(tm_cbor_find(&answer, "images", &value) == TM_OK && tm_cbor_type(&value) == TM_CBOR_ARRAY, "slot info lists images");
}

int main(void) {
    test_life();
    test_erase_of_pending();
    test_refusals();
    test_nameless_upload();
    test_slot_info();
    return done();
}
