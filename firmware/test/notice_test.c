// SPDX-License-Identifier: Apache-2.0
// What a #chain alone does: notice, rotate, and the conditions of lock.
#include "notice.h"

#include "fixture/fixture_gate.h"
#include "lock_check.h"
#include "tap.h"

static fixture_world world;
static fixture_store store;
static fixture_buffer chain;
static tm_chain_workspace workspace;
static tm_notice_result result;

typedef tm_error (*step)(const tm_source *, const tm_unit *, const tm_anchor_store *, tm_chain_workspace *,
                         tm_notice_result *);

static void fresh(void) {
    fixture_world_init(&world);
    store = (fixture_store){0};
    world.release.offered = false;
}

static tm_error run(step take) {
    const tm_anchor_store keep = {fixture_store_anchor, &store};
    world.unit.anchor = &world.anchor;
    fixture_chain(&world, &chain);
    const tm_source source = tm_source_memory(tm_bytes_of(chain.bytes, chain.len));
    return take(&source, &world.unit, &keep, &workspace, &result);
}

#define CASE(take, change, expected, title)  \
    do {                                     \
        fresh();                             \
        change;                              \
        ok_error(run(take), expected, title); \
    } while (0)

static void notices(void) {
    CASE(tm_notice, , TM_OK, "a license in force");
    ok(result.floor_number == 1500 && result.license_status == TM_WORD_LICENSE_STATUS_ACTIVE, "is told, and the floor");
    CASE(tm_notice, fixture_license(world.license.bytes, 3, 0, 0, &world.ota), TM_OK, "D14 a revoked one is no refusal");
    ok(result.license_status == TM_WORD_LICENSE_STATUS_REVOKED && store.anchor.trust.floor_number == 1500,
       "D14 it moves the floor");
    CASE(tm_notice, world.license.exists = false, TM_ERROR_LICENSE_ABSENT, "none at all");
    ok(store.anchor.trust.floor_number == 1500, "moves the floor, too");
    CASE(tm_notice, world.license.offered = false, TM_ERROR_PROOF_INCOMPLETE, "no license proof");
    ok(store.stores == 0, "moves nothing");
    CASE(tm_notice, (memcpy(world.release_key, world.running_digest, 32), world.release.offered = true), TM_OK,
         "a release proof is the running release's");
    CASE(tm_notice, (world.release_key[0] = 9, world.release.offered = true), TM_ERROR_PROOF_UNUSED_NODE,
         "and no other's");
    CASE(tm_notice, world.anchor.trust.floor_number = 1501, TM_ERROR_BLOCK_BELOW_FLOOR, "D14 an old block");
    CASE(tm_notice, world.anchor.trust.manufacturer_id = 0, TM_ERROR_TRUST_INCOMPLETE, "a unit without a root");
    CASE(tm_notice, (memset(world.nonce, 5, 32), world.unit.challenge = world.nonce), TM_OK, "over a challenge");
    ok(result.challenge_used, "which is spent");
    CASE(tm_notice, world.unit.challenge = world.running_digest, TM_OK, "without the challenge outstanding");
    ok(!result.challenge_used, "which stays outstanding");
}

static void rotations(void) {
    CASE(tm_rotate, (fixture_state(&world), world.license.offered = world.account_offered = false), TM_OK,
         "a trust statement needs no other proof");
    ok(result.epoch == 6 && store.anchor.trust.epoch == 6, "and tells the epoch");
    CASE(tm_rotate, (fixture_state(&world)->signers.root = false), TM_ERROR_TRUST_SIGNATURES, "but its signatures");
    ok(store.stores == 0, "or nothing moves");
    CASE(tm_rotate, world.account_offered = false, TM_ERROR_PROOF_INCOMPLETE, "what is offered is proved");
}

static tm_error lock(void) {
    static tm_lock_workspace lock_workspace;
    static fixture_parts parts;
    const tm_anchor_store keep = {fixture_store_anchor, &store};
    tm_lock_result locked;
    world.unit.anchor = &world.anchor;
    fixture_authentication(&world, &parts);
    fixture_manifest_digest(&world, world.release_key);
    world.release.offered = world.root_word.offered = true;
    fixture_chain(&world, &chain);
    const tm_source source = tm_source_memory(tm_bytes_of(chain.bytes, chain.len));
    const tm_release_source running = {
        tm_source_memory(tm_bytes_of(parts.authentication.bytes, parts.authentication.len)),
        tm_source_memory(tm_bytes_of(parts.manifest.bytes, parts.manifest.len)),
    };
    return tm_lock_check(&source, &running, &world.unit, &keep, &lock_workspace, &locked);
}

#define LOCK(change, expected, title)                                \
    do {                                                             \
        fresh();                                                     \
        memset(world.nonce, 5, 32);                                  \
        world.unit.challenge = world.nonce;                          \
        change;                                                      \
        ok_error(lock(), expected, title);                           \
    } while (0)

static void locks(void) {
    const uint64_t later = UINT32_MAX;
    LOCK(, TM_OK, "lock: all conditions hold");
    LOCK(memset(world.nonce, 0, 32), TM_ERROR_CHALLENGE_REQUIRED, "lock without a challenge");
    LOCK(world.root_word.exists = false, TM_ERROR_ROOT_ABSENT, "lock under a root that the chain lacks");
    LOCK(world.root_word.bytes[9] ^= 1, TM_ERROR_ROOT_WORD_MISMATCH, "lock under a root that it does not name");
    LOCK(world.release.exists = false, TM_ERROR_RELEASE_NOT_ANNOUNCED, "lock with a release never announced");
    LOCK(fixture_license(world.license.bytes, 2, 0, later, &world.ota), TM_ERROR_LICENSE_SUSPENDED,
         "lock under a suspended license");
    LOCK(fixture_license(world.license.bytes, 1, 0, later, &world.other), TM_ERROR_LICENSE_SIGNER,
         "lock with a release of another signer");
    LOCK((fixture_license(world.license.bytes, 4, 0, later, &world.ota), world.unit.rollback = 3), TM_OK,
         "lock under sunset: nothing is installed");
    LOCK(world.ota = world.other, TM_ERROR_COSE_SIGNATURE, "lock with a release that nobody signed");
}

int main(void) {
    notices();
    rotations();
    locks();
    return done();
}
