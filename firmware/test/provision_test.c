// SPDX-License-Identifier: Apache-2.0
// A unit's way from blank to locked over group 64's handlers, and what each state refuses.
#include "device.h"
#include "ecdsa.h"
#include "fixture/fixture_line.h"
#include "fixture/fixture_unit.h"
#include "model.h"
#include "nor.h"
#include "sha256.h"
#include "tap.h"
#include "touchmark_group.h"

#define ERASE 4096u
#define PROGRAM 4u

static fixture_world world;
static fixture_answer answer;
static fixture_buffer object;
static const uint8_t nonce[32] = {1, 2, 3};

static uint64_t life(void) {
    uint64_t value = UINT64_MAX;
    fixture_call(tm_touchmark_hello, &answer);
    fixture_field_uint(&answer, "life", &value);
    return value;
}

static tm_error begin(void) {
    fixture_call_nonce(tm_touchmark_begin, nonce, &answer);
    return answer.error;
}

static tm_error csr(void) {
    fixture_call(tm_touchmark_csr, &answer);
    return answer.error;
}

static tm_error enroll_with(void (*change)(void)) {
    fixture_line_certify(&world);
    if (change != NULL) change();
    fixture_line_enrollment(&world, &object);
    fixture_call_chunks(tm_touchmark_enroll, tm_bytes_of(object.bytes, object.len), 512, &answer);
    return answer.error;
}

static void blank(void) {
    tm_bytes value;
    ok(life() == TM_LIFE_BLANK, "a factory-fresh unit is blank");
    ok(fixture_field_bytes(&answer, "class", &value) && memcmp(value.ptr, world.anchor.trust.class_id, 16) == 0 &&
           !fixture_field_bytes(&answer, "address", &value),
       "it tells its class and has no address");
    ok_error(csr(), TM_ERROR_SESSION_MISSING, "no request without a session");
    fixture_call_chunks(tm_touchmark_enroll, tm_bytes_of(nonce, 32), 32, &answer);
    ok_error(answer.error, TM_ERROR_IDENTITY_ABSENT, "no certificates for a unit without a key");
    fixture_call_chunks(tm_touchmark_lock, tm_bytes_of(nonce, 32), 32, &answer);
    ok_error(answer.error, TM_ERROR_LOCK_NOT_READY, "no lock");
    fixture_call_nonce(tm_touchmark_verify, nonce, &answer);
    ok_error(answer.error, TM_ERROR_LIFE_STATE, "no verify");
}

static void entropy(void) {
    model.entropy_stuck = true;
    ok_error(begin(), TM_ERROR_ENTROPY_FAILED, "A11 a stuck noise source makes no key");
    ok(life() == TM_LIFE_BLANK, "A11 and the unit stays blank");
    model.entropy_stuck = false;
}

static void born(void) {
    uint8_t key[33];
    tm_bytes value;
    ok_error(begin(), TM_OK, "begin gives birth");
    ok(fixture_field_bytes(&answer, "pub", &value) && value.len == 33, "and tells the public key");
    memcpy(key, value.ptr, sizeof key);
    ok(life() == TM_LIFE_BORN, "the unit is born");
    ok_error(begin(), TM_OK, "begin again");
    ok(fixture_field_bytes(&answer, "pub", &value) && memcmp(key, value.ptr, 33) == 0, "A4 is the same key");
    fixture_line_power_up();
    ok_error(csr(), TM_ERROR_SESSION_MISSING, "A8 a session ends with a reset");
    begin();
    ok(fixture_field_bytes(&answer, "pub", &value) && memcmp(key, value.ptr, 33) == 0, "A6 the key outlives it");
    ok_error(csr(), TM_OK, "a request");
    ok(fixture_field_bytes(&answer, "csr", &value) && value.len <= TM_LIMIT_CSR_BYTES, "within its limit");
}

static void spoil_key(void) {
    const fixture_certificate c = {FIXTURE_DEVICE, &world.other, &world.line, "SN-0002", "FAKE line", "270101000000Z",
                                   NULL, 31337, 137, NULL};
    fixture_certificate_make(&c, &world.device_der);
}

static void spoil_class(void) {
    tm_the_device.moving.anchor.trust.class_id[0] ^= 1;
}

static void suspend(void) {
    fixture_license(world.license.bytes, TM_WORD_LICENSE_STATUS_SUSPENDED, 0, UINT32_MAX, &world.ota);
}

static void other_root(void) {
    world.root_word.bytes[5] ^= 1;
}

static void late(void) {
    world.timestamp += 90u * 86400u;
}

static void enrolls(void) {
    ok_error(enroll_with(spoil_key), TM_ERROR_CERT_KEY_MISMATCH, "A15 another unit's certificate");
    ok_error(enroll_with(spoil_class), TM_ERROR_CERT_MODEL_MISMATCH, "another model's certificate");
    spoil_class();
    ok_error(enroll_with(suspend), TM_ERROR_LICENSE_SUSPENDED, "under a suspended license");
    fixture_license(world.license.bytes, TM_WORD_LICENSE_STATUS_ACTIVE, 2, UINT32_MAX, &world.ota);
    ok_error(enroll_with(other_root), TM_ERROR_ROOT_WORD_MISMATCH, "a root that the chain does not name");
    other_root();
    ok_error(enroll_with(late), TM_ERROR_CERT_NOT_IN_FORCE, "B6 a line certificate that ended before the block");
    world.timestamp -= 90u * 86400u;
    ok(life() == TM_LIFE_BORN, "none of them changes the unit");
    ok_error(enroll_with(NULL), TM_OK, "its own certificates");
    ok(life() == TM_LIFE_ENROLLED, "the unit is enrolled");
    ok_error(enroll_with(NULL), TM_OK, "the same again");
    ok(tm_the_device.moving.anchor.trust.manufacturer_id == 137, "the trust block has its manufacturer");
    ok(tm_the_device.moving.anchor.trust.floor_number == 1500, "and the floor of the proved block");
    fixture_line_power_up();
    ok(life() == TM_LIFE_ENROLLED, "A6 also after a reset");
}

static void verifies(void) {
    tm_bytes signature;
    uint8_t certificate[32], digest[32], message[sizeof TM_DOMAIN_VERIFY + 32 + 8 + 32];
    fixture_call_nonce(tm_touchmark_verify, nonce, &answer);
    ok_error(answer.error, TM_OK, "verify answers");
    tm_sha256(world.device_der.bytes, world.device_der.len, certificate);
    memcpy(message, TM_DOMAIN_VERIFY, sizeof TM_DOMAIN_VERIFY);
    memcpy(message + sizeof TM_DOMAIN_VERIFY, nonce, 32);
    port_chip_id(message + sizeof TM_DOMAIN_VERIFY + 32);
    memcpy(message + sizeof TM_DOMAIN_VERIFY + 40, certificate, 32);
    tm_sha256(message, sizeof message, digest);
    ok(fixture_field_bytes(&answer, "signature", &signature) &&
           tm_ecdsa_verify(digest, signature.ptr, world.device.public_key) == TM_OK,
       "over nonce, chip and certificate");
}

static tm_error lock_over(const uint8_t challenge[32]) {
    fixture_line_lock_chain(&world, challenge, &object);
    fixture_call_chunks(tm_touchmark_lock, tm_bytes_of(object.bytes, object.len), 512, &answer);
    return answer.error;
}

static void locks(void) {
    static const uint8_t none[32];
    uint8_t challenge[32];
    ok_error(lock_over(none), TM_ERROR_CHALLENGE_REQUIRED, "lock wants a challenge");
    ok_error(lock_over(nonce), TM_ERROR_CHALLENGE_EXPIRED, "A8 the unit's own");
    fixture_call(tm_touchmark_challenge, &answer);
    memcpy(challenge, tm_the_device.challenge.nonce, 32);
    model.clock_ms += TM_LIMIT_CHALLENGE_SECONDS * 1000u;
    ok_error(lock_over(challenge), TM_ERROR_CHALLENGE_EXPIRED, "A8 not ten minutes old");
    fixture_call(tm_touchmark_challenge, &answer);
    memcpy(challenge, tm_the_device.challenge.nonce, 32);
    fixture_release(world.release.bytes, TM_WORD_RELEASE_STATUS_WITHDRAWN, 3, 1400);
    ok_error(lock_over(challenge), TM_ERROR_RELEASE_WITHDRAWN, "a running release that was withdrawn");
    fixture_release(world.release.bytes, TM_WORD_RELEASE_STATUS_ANNOUNCED, 3, 1400);
    ok_error(lock_over(challenge), TM_ERROR_CHALLENGE_EXPIRED, "A8 a challenge is good for one use");
    ok(life() == TM_LIFE_ENROLLED, "the unit is not locked by any of them");
    ok_error(fixture_line_lock(&world), TM_OK, "all conditions hold");
    ok(life() == TM_LIFE_LOCKED, "the unit is locked");
    ok(tm_the_device.moving.rollback == world.manifest.security_version, "D1 with the running release's security version as its rollback counter");
    tm_boot_info boot;
    ok(fixture_start(&boot) && boot.slot == 0, "and boots what runs, by receipt and signature");
}

static void locked(void) {
    uint8_t *const before = malloc(nor_size());
    memcpy(before, nor_bytes(), nor_size());
    fixture_line_power_up();
    ok_error(begin(), TM_ERROR_LOCKED, "A3 no second birth");
    ok_error(csr(), TM_ERROR_LOCKED, "A3 no request");
    ok_error(enroll_with(NULL), TM_ERROR_LOCKED, "A3 no other certificates");
    ok_error(fixture_line_lock(&world), TM_ERROR_LOCKED, "A3 no second lock");
    fixture_call_nonce(tm_touchmark_verify, nonce, &answer);
    ok_error(answer.error, TM_ERROR_LOCKED, "no verify");
    ok(memcmp(before, nor_bytes(), nor_size()) == 0, "A3 and not a bit of flash changes");
    free(before);
    world.number = world.signed_number = 1600;
    world.release.offered = false;
    fixture_chain(&world, &object);
    fixture_call_chunks(tm_touchmark_notice, tm_bytes_of(object.bytes, object.len), 512, &answer);
    ok_error(answer.error, TM_OK, "notice is still heard");
    uint64_t floor = 0;
    ok(fixture_field_uint(&answer, "floor", &floor) && floor == 1600, "and moves the floor");
    fixture_call(tm_touchmark_state, &answer);
    tm_bytes trust;
    tm_trust decoded;
    ok(fixture_field_bytes(&answer, "trust", &trust) && tm_trust_decode(trust.ptr, &decoded) == TM_OK &&
           decoded.floor_number == 1600,
       "which state shows");
}

static void cloned(void) {
    tm_bytes value;
    fixture_line_start(&world, ERASE, PROGRAM);
    fixture_line_begin();
    fixture_line_enroll(&world);
    model_start(8);  // another chip under the same flash
    fixture_line_power_up();
    ok(life() == TM_LIFE_BLANK && !fixture_field_bytes(&answer, "address", &value), "A5 a cloned flash is no identity");
    ok_error(begin(), TM_ERROR_IDENTITY_FOREIGN, "A5 and the unit says why");
}

static void chunks(void) {
    fixture_line_start(&world, ERASE, PROGRAM);
    fixture_line_begin();
    fixture_line_certify(&world);
    fixture_line_enrollment(&world, &object);
    fixture_call_chunks(tm_touchmark_enroll, tm_bytes_of(object.bytes, object.len), 61, &answer);
    ok_error(answer.error, TM_OK, "chunks of an odd size");
    object.bytes[100] ^= 1;
    fixture_call_chunks(tm_touchmark_enroll, tm_bytes_of(object.bytes, object.len), 512, &answer);
    ok(answer.error != TM_OK, "A1 a changed certificate is refused");
    ok(life() == TM_LIFE_ENROLLED, "and the unit keeps what it has");
}

// A statement that leads to the world's new root, which the chain names from now on.
static void change_root(void) {
    fixture_statement *const statement = fixture_state(&world);
    tm_sha256(world.new_root_der.bytes, world.new_root_der.len, statement->after.root_hash);
    statement->new_root_der = &world.new_root_der;
    statement->signers.new_root = true;
    memcpy(world.root_word.bytes + 1, statement->after.root_hash, 31);
}

static void leaves_root(void) {
    fixture_line_start(&world, ERASE, PROGRAM);
    fixture_line_begin();
    change_root();
    ok_error(enroll_with(NULL), TM_ERROR_ROOT_WORD_MISMATCH, "D31 certificates under a root that the chain has left");
    ok(life() == TM_LIFE_BORN, "leave the unit without a root");
}

static void locks_under_new_root(void) {
    uint8_t root_hash[32];
    tm_slot_head head;
    fixture_line_start(&world, ERASE, PROGRAM);
    fixture_line_begin();
    fixture_line_enroll(&world);
    change_root();
    ok_error(fixture_line_lock(&world), TM_OK, "a lock that brings a new root");
    tm_sha256(world.root_der.bytes, world.root_der.len, root_hash);
    ok(tm_slot_head_read(0, &head) == TM_OK &&
           memcmp(head.fixed + TM_SLOT_HEAD_ROOT_PUBLIC_KEY_OFFSET, world.root.public_key, 33) == 0 &&
           memcmp(head.fixed + TM_SLOT_HEAD_ROOT_HASH_OFFSET, root_hash, 32) == 0,
       "D31 the head names the root that vouched for what runs: key and hash of one certificate");
}

int main(void) {
    fixture_line_start(&world, ERASE, PROGRAM);
    blank();
    entropy();
    born();
    enrolls();
    verifies();
    locks();
    locked();
    cloned();
    chunks();
    leaves_root();
    locks_under_new_root();
    return done();
}
