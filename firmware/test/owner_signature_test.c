// SPDX-License-Identifier: Apache-2.0
// claim, pair, unpair, sign-in and attest over their handlers: in which state, with whom present, counted how often, and
// what a power cut leaves.
#include <setjmp.h>

#include "consent.h"
#include "device.h"
#include "ecdsa.h"
#include "fixture/fixture_line.h"
#include "fixture/fixture_unit.h"
#include "model.h"
#include "nor.h"
#include "os_group.h"
#include "registry.h"
#include "sha256.h"
#include "tap.h"
#include "touchmark_group.h"

#define ERASE 4096u
#define PROGRAM 4u
#define ABSENT UINT64_MAX

static fixture_world world;
static fixture_answer answer;
static jmp_buf off;

static const uint8_t token[32] = {[31] = 7};
static const uint8_t vehicle[32] = {[31] = 9};
static const uint8_t owner[20] = {0xd8, 0xda};

static void put_bytes(tm_cbor_writer *out, const char *key, const void *ptr, size_t len) {
    tm_cbor_put_tstr(out, key);
    tm_cbor_put_bstr(out, ptr, len);
}

static void put_number(tm_cbor_writer *out, const char *key, uint64_t value) {
    tm_cbor_put_tstr(out, key);
    tm_cbor_put_uint(out, value);
}

static tm_error run(tm_smp_handler handler, tm_cbor_writer *request) {
    fixture_call_request(handler, request, &answer);
    return answer.error;
}

// nonce, deadline: ABSENT leaves one out.
static tm_error consent(tm_smp_handler handler, uint64_t nonce, uint64_t deadline) {
    uint8_t bytes[160];
    tm_cbor_writer request;
    const size_t pairs = 2u + (nonce != ABSENT) + (deadline != ABSENT);
    tm_cbor_writer_init(&request, bytes, sizeof bytes);
    tm_cbor_put_map(&request, pairs);
    put_bytes(&request, "token", token, sizeof token);
    if (handler == tm_touchmark_claim) put_bytes(&request, "owner", owner, sizeof owner);
    else put_bytes(&request, "vehicle", vehicle, sizeof vehicle);
    if (nonce != ABSENT) put_number(&request, "nonce", nonce);
    if (deadline != ABSENT) put_number(&request, "deadline", deadline);
    return run(handler, &request);
}

static tm_error claim(void) {
    return consent(tm_touchmark_claim, ABSENT, ABSENT);
}

static tm_error sign_in(const char *domain) {
    uint8_t bytes[160];
    tm_cbor_writer request;
    tm_cbor_writer_init(&request, bytes, sizeof bytes);
    tm_cbor_put_map(&request, 4);
    tm_cbor_put_tstr(&request, "domain");
    tm_cbor_put_tstr(&request, domain);
    tm_cbor_put_tstr(&request, "client");
    tm_cbor_put_tstr(&request, "dimo.example");
    tm_cbor_put_tstr(&request, "nonce");
    tm_cbor_put_tstr(&request, "0123456789abcdef");
    put_number(&request, "issuedAt", 1700000000);
    return run(tm_touchmark_sign_in, &request);
}

static tm_error attest(void) {
    fixture_call_nonce(tm_touchmark_attest, token, &answer);
    return answer.error;
}

static bool counts_are(uint32_t claims, uint32_t pairs) {
    return tm_the_device.moving.claims == claims && tm_the_device.moving.pairs == pairs;
}

// Every one of them answers this.
static bool all_refuse(tm_error error) {
    return claim() == error && consent(tm_touchmark_pair, 1, 2) == error &&
           consent(tm_touchmark_unpair, 1, 2) == error && sign_in(TM_SIGN_IN_DOMAIN_DIMO) == error;
}

static void before_lock(void) {
    ok(all_refuse(TM_ERROR_IDENTITY_ABSENT) && attest() == TM_ERROR_IDENTITY_ABSENT, "a blank unit signs nothing");
    fixture_line_begin();
    ok(all_refuse(TM_ERROR_LIFE_STATE) && attest() == TM_ERROR_LIFE_STATE, "nor does one that was born");
    fixture_line_enroll(&world);
    ok(all_refuse(TM_ERROR_LIFE_STATE), "an enrolled one signs nothing for an owner");
    ok_error(attest(), TM_OK, "but says what it is");
    ok_error(fixture_line_lock(&world), TM_OK, "then it is locked");
    fixture_line_power_up();
}

static bool signed_by_unit(const tm_consent *given) {
    uint8_t digest[32];
    tm_bytes signature;
    tm_consent_digest(given, world.anchor.trust.chain_id, fixture_registry, digest);
    return fixture_field_bytes(&answer, "signature", &signature) && signature.len == 65 &&
           (signature.ptr[64] == 27 || signature.ptr[64] == 28) &&
           tm_ecdsa_verify(digest, signature.ptr, tm_the_device.identity.public_key) == TM_OK;
}

static void signs(void) {
    tm_consent given = {.kind = TM_CONSENT_CLAIM, .dimo = true};
    memcpy(given.token, token, sizeof token);
    memcpy(given.owner, owner, sizeof owner);
    memcpy(given.vehicle, vehicle, sizeof vehicle);
    ok(claim() == TM_OK && signed_by_unit(&given) && counts_are(1, 0), "a claim in DIMO's structure");
    given.dimo = false, given.nonce = 3, given.deadline = 4;
    ok(!signed_by_unit(&given), "A2 which is no signature of ours");
    ok(consent(tm_touchmark_claim, 3, 4) == TM_OK && signed_by_unit(&given) && counts_are(2, 0), "a claim in ours");
    given.kind = TM_CONSENT_PAIR;
    ok(!signed_by_unit(&given), "A2 which is no pairing");
    ok(consent(tm_touchmark_pair, 3, 4) == TM_OK && signed_by_unit(&given) && counts_are(2, 1), "a pairing");
    given.kind = TM_CONSENT_UNPAIR;
    ok(!signed_by_unit(&given), "A2 which is no unpairing");
    ok(consent(tm_touchmark_unpair, 3, 4) == TM_OK && signed_by_unit(&given) && counts_are(2, 2), "an unpairing");
    ok(sign_in(TM_SIGN_IN_DOMAIN_DIMO) == TM_OK && counts_are(2, 2), "a sign-in, which is not counted");
}

static bool info_says(const char *expected) {
    uint8_t bytes[32];
    tm_cbor_writer request;
    tm_cbor_writer_init(&request, bytes, sizeof bytes);
    tm_cbor_put_map(&request, 1);
    tm_cbor_put_tstr(&request, "format");
    tm_cbor_put_tstr(&request, "v");
    return run(tm_os_info, &request) == TM_OK && memmem(answer.answer.ptr, answer.answer.len, expected, strlen(expected));
}

static void refuses(void) {
    ok(info_says("locked confirmed"), "any SMP client is told life and boot");

    ok_error(consent(tm_touchmark_claim, 1, ABSENT), TM_ERROR_MESSAGE_FIELD, "a nonce without a deadline");
    ok_error(consent(tm_touchmark_pair, ABSENT, 1), TM_ERROR_MESSAGE_FIELD, "a deadline without a nonce");
    ok_error(consent(tm_touchmark_unpair, ABSENT, ABSENT), TM_ERROR_MESSAGE_FIELD, "an unpairing without either");
    ok_error(sign_in("evil.example"), TM_ERROR_SIGN_IN_DOMAIN, "a sign-in elsewhere");
    fixture_call(tm_touchmark_claim, &answer);
    ok_error(answer.error, TM_ERROR_MESSAGE_FIELD, "no fields");
    model.present = false;
    ok(all_refuse(TM_ERROR_PRESENCE_REQUIRED), "nobody at the unit");
    ok_error(attest(), TM_OK, "who is not asked for an attestation");
    model.present = true;
    ok(counts_are(2, 2), "nothing was counted");
    fixture_line_power_up();
    ok(counts_are(2, 2), "and the counts outlive a reset");
    tm_the_device.moving.claims = UINT32_MAX;
    ok_error(claim(), TM_ERROR_FLASH_WRITE, "D32 a count at its end signs no more");
    fixture_line_power_up();
}

static void registry(void) {
    tm_anchor anchor = world.anchor;
    uint8_t address[20];
    memcpy(anchor.root, world.root_der.bytes, world.root_der.len);
    anchor.root_len = (uint16_t)world.root_der.len;
    tm_sha256(anchor.root, anchor.root_len, anchor.trust.root_hash);
    ok(tm_registry_of(&anchor, address) == TM_OK && memcmp(address, fixture_registry, 20) == 0, "the root's registry");
    memcpy(anchor.root, world.new_root_der.bytes, world.new_root_der.len);
    anchor.root_len = (uint16_t)world.new_root_der.len;
    ok_error(tm_registry_of(&anchor, address), TM_ERROR_ROOT_MISMATCH, "not of a root that is not pinned");
    tm_sha256(anchor.root, anchor.root_len, anchor.trust.root_hash);
    ok_error(tm_registry_of(&anchor, address), TM_ERROR_REGISTRY_ABSENT, "a root that names none");
}

static void on_cut(void) {
    longjmp(off, 1);
}

// Signs until power goes at one flash operation; what left the unit by then.
static uint32_t sign_until(nor_cut cut) {
    static volatile uint32_t left;
    left = 0;
    nor_arm(cut, on_cut);
    if (setjmp(off) == 0) {
        for (int i = 0; i < 3; i++) {
            if (claim() == TM_OK) left = left + 1;
        }
    }
    nor_arm((nor_cut){.operation = UINT32_MAX}, on_cut);
    return left;
}

static void cuts(void) {
    uint32_t cut = 0, fewer = 0, more = 0, fell = 0, lost = 0;
    for (uint32_t operation = 0; operation < 1300; operation += 7) {
        for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
            const uint32_t before = tm_the_device.moving.claims;
            const uint32_t left = sign_until((nor_cut){operation, (nor_cut_kind)kind, operation + 1});
            fixture_line_power_up();
            const uint32_t after = tm_the_device.moving.claims;
            if (left < 3) cut++;
            if (after < before) fell++;
            if (after < before + left) fewer++;
            if (after > before + left + 1) more++;
            if (tm_the_device.life != TM_LIFE_LOCKED || !tm_trust_complete(&tm_the_device.moving.anchor.trust)) lost++;
        }
    }
    ok(cut > 500, "D10 %u cuts while the unit counts and signs", cut);
    ok(fell == 0 && fewer == 0, "D10 never a signature that was not counted");
    ok(more == 0, "D10 and at most one counted that never left");
    ok(lost == 0, "D10 trust and counts are always there");
}

// Old cells of the same unit are whole; one-time memory knows epoch and rollback counter, not the counts.
static void replayed_flash(void) {
    uint8_t *const before = malloc(nor_size());
    memcpy(before, nor_bytes(), nor_size());
    const uint32_t claims = tm_the_device.moving.claims;
    ok(claim() == TM_OK && tm_the_device.moving.claims == claims + 1, "a claim");
    memcpy(nor_bytes(), before, nor_size());
    fixture_line_power_up();
    ok(tm_the_device.moving.claims == claims, "cells written back from outside undo a count: a known weakness");
    if (port_counter_raise(PORT_COUNTER_EPOCH, TM_LIMIT_ROLLBACK_MIRROR) != TM_OK) abort();
    fixture_line_power_up();
    ok(all_refuse(TM_ERROR_TRUST_INCOMPLETE) && attest() == TM_ERROR_TRUST_INCOMPLETE,
       "D1 cells behind the epoch in one-time memory sign nothing at all");
    free(before);
}

static void cloned(void) {
    fixture_line_start(&world, ERASE, PROGRAM);
    fixture_line_all(&world);
    model_start(8);  // another chip under the same flash
    fixture_line_power_up();
    ok(all_refuse(TM_ERROR_IDENTITY_FOREIGN) && attest() == TM_ERROR_IDENTITY_FOREIGN, "A5 a clone signs nothing");
    fixture_lock();
    fixture_line_power_up();
    ok(all_refuse(TM_ERROR_IDENTITY_FOREIGN), "A5 not even locked");
}

int main(void) {
    fixture_line_start(&world, ERASE, PROGRAM);
    before_lock();
    signs();
    refuses();
    registry();
    cuts();
    replayed_flash();
    cloned();
    return done();
}
