// SPDX-License-Identifier: Apache-2.0
// Each rule of protocol/bundle.md and chain.md broken alone, in a world where all else holds.
#include "gate.h"

#include "fixture/fixture_gate.h"
#include "tap.h"

static fixture_world world;
static fixture_store store;
static tm_gate_result result;

static void fresh(void) {
    fixture_world_init(&world);
    store = (fixture_store){0};
}

static void expect(tm_error expected, const char *title) {
    ok_error(fixture_gate(&world, &store, &result), expected, title);
    if (expected != TM_OK && tm_gate_passed(&result)) ok(false, "a refusal never passes");
}

// One world with one thing changed.
#define CASE(change, expected, title) \
    do {                              \
        fresh();                      \
        change;                       \
        expect(expected, title);      \
    } while (0)

static void accepts(void) {
    CASE(, TM_OK, "a good bundle passes");
    ok(tm_gate_passed(&result), "every check left its mark");
    ok(result.manifest.security_version == 3 && strcmp(result.manifest.version, "1.2.3") == 0, "the manifest is read");
    ok(store.stores == 1 && store.anchor.trust.floor_number == 1500, "the floor advances to the proved block");
    CASE(world.anchor.trust.floor_number = 1500, TM_OK, "the same block may be retried");
    ok(store.stores == 0, "and nothing is stored");
    CASE(world.witness_mask = 7, TM_OK, "more witnesses than needed");
    CASE(world.manifest.sequence_number = 10, TM_OK, "D32 the running release's own sequence number");
    CASE(world.root_word.offered = true, TM_OK, "a root proof without need is walked, not judged");
    CASE((memset(world.nonce, 9, 32), world.unit.challenge = world.nonce), TM_OK, "D2 over the unit's challenge");
    ok(result.challenge_used, "which is then spent");
    CASE(fixture_license(world.license.bytes, 4, 0, UINT32_MAX, &world.ota), TM_OK,
         "sunset: above the rollback counter");
}

static void names(void) {
    CASE(world.anchor.trust.manufacturer_id = 0, TM_ERROR_TRUST_INCOMPLETE, "a unit without a root");
    CASE(world.anchor.root[40] ^= 1, TM_ERROR_ROOT_MISMATCH, "a root certificate that is not the pinned one");
    CASE(world.manifest.vendor_id[3] ^= 1, TM_ERROR_VENDOR_MISMATCH, "D5 another vendor");
    CASE(world.manifest.class_id[3] ^= 1, TM_ERROR_CLASS_MISMATCH, "D5 another device class");
    CASE(world.manifest.chain_id = 1, TM_ERROR_CHAIN_ID_MISMATCH, "D15 another chain");
    CASE(world.manifest.manufacturer_id = 1, TM_ERROR_MANUFACTURER_MISMATCH, "another manufacturer");
    CASE(world.manifest.board[0] ^= 1, TM_ERROR_BOARD_MISMATCH, "D15 another board");
    CASE(world.manifest.board_code_hash[0] ^= 1, TM_ERROR_BOARD_MISMATCH, "D15 another board's code");
    CASE(world.unit.slot_bytes = FIXTURE_IMAGE - 1, TM_ERROR_IMAGE_SIZE, "D6 D29 an image larger than the slot");
    CASE(world.manifest.image_size = FIXTURE_IMAGE + 1, TM_ERROR_IMAGE_SIZE, "D6 a payload shorter than signed");
    CASE(world.manifest.image_size = FIXTURE_IMAGE - 1, TM_ERROR_IMAGE_SIZE, "D6 a payload longer than signed");
    CASE(world.manifest.image_size = 0, TM_ERROR_MANIFEST_MALFORMED, "an image of no bytes");
    CASE(strcpy(world.manifest.version, "1.2"), TM_ERROR_MANIFEST_MALFORMED, "a version of two numbers");
}

static void signer(void) {
    CASE(world.ota = world.other, TM_ERROR_COSE_SIGNATURE, "signed by another key than the certificate's");
    CASE(world.ota_der = world.root_der, TM_ERROR_CERT_USAGE, "signed by the root");
    CASE((world.ota_der = world.line_der), TM_ERROR_CERT_USAGE, "B2 signed by a line");
    fresh();
    fixture_certificate c = {FIXTURE_OTA, &world.ota, &world.new_root, "FAKE ota", "FAKE root", "250101000000Z",
                             "291231235959Z", 31337, 137, NULL};
    fixture_certificate_make(&c, &world.ota_der);
    expect(TM_ERROR_CERT_ISSUER, "a signer that another root certified: AKI");
    c.issuer_key = &world.root;
    c.manufacturer_id = 138;
    fixture_certificate_make(&c, &world.ota_der);
    expect(TM_ERROR_CERT_MANUFACTURER, "a signer of another manufacturer");
    c.manufacturer_id = 137;
    c.not_after = "260101000000Z";
    fixture_certificate_make(&c, &world.ota_der);
    expect(TM_ERROR_CERT_NOT_IN_FORCE, "B6 a signer whose certificate ended before the block");
    c.not_after = "291231235959Z";
    c.not_before = "280101000000Z";
    fixture_certificate_make(&c, &world.ota_der);
    expect(TM_ERROR_CERT_NOT_IN_FORCE, "B6 a signer whose certificate begins after the block");
    fresh();
    world.ota_der.bytes[world.ota_der.len - 1] ^= 1;
    expect(TM_ERROR_CERT_SIGNATURE, "a signer's certificate with a broken signature");
}

static void witnesses(void) {
    CASE(world.witness_mask = 1, TM_ERROR_WITNESS_QUORUM, "D24 fewer than k");
    CASE(world.witness_mask = 0x0b, TM_ERROR_WITNESS_INDEX, "D24 an unknown witness");
    CASE(world.signing_witnesses = world.new_witnesses, TM_ERROR_WITNESS_SIGNATURE, "D17 other keys");
    CASE(world.signed_epoch = 4, TM_ERROR_WITNESS_SIGNATURE, "a former epoch");
    CASE(world.signed_number = 1501, TM_ERROR_WITNESS_SIGNATURE, "D17 a number that is not the header's");
    CASE(world.nonce[0] = 1, TM_ERROR_CHALLENGE_EXPIRED, "A8 a challenge that nobody asked for");
    CASE((world.nonce[0] = 1, world.unit.challenge = world.running_digest), TM_ERROR_CHALLENGE_EXPIRED,
         "A8 another challenge than the one outstanding");
    CASE(world.unit.challenge = world.running_digest, TM_ERROR_CHALLENGE_REQUIRED,
         "D2 no challenge while one is outstanding");
    ok(!result.challenge_used && store.stores == 0, "which stays outstanding");
}

static void freshness(void) {
    CASE(world.anchor.trust.floor_number = 1501, TM_ERROR_BLOCK_BELOW_FLOOR, "D14 a block below the floor");
    CASE(world.manifest.min_block = 1501, TM_ERROR_BLOCK_BELOW_MINIMUM, "a block below minBlock");
    CASE(world.number = world.signed_number = UINT64_C(1) << 40, TM_OK, "D3 a block far away is not refused");
    ok(store.anchor.trust.floor_number == 1000 + TM_LIMIT_FLOOR_STEP, "D3 but moves the floor by one step only");
    CASE(world.number = world.signed_number = UINT64_C(1) << 48, TM_ERROR_HEADER_MALFORMED, "D22 a number of 7 bytes");
}

static void words(void) {
    const uint64_t later = UINT32_MAX;
    CASE(world.account_board[0] ^= 1, TM_ERROR_ACCOUNT_ABSENT, "D15 no board at this address");
    CASE(world.account_code_hash[0] ^= 1, TM_ERROR_ACCOUNT_CODE_HASH, "D15 other code at this address");
    CASE(world.license.exists = false, TM_ERROR_LICENSE_ABSENT, "never licensed");
    CASE(fixture_license(world.license.bytes, 2, 0, later, &world.ota), TM_ERROR_LICENSE_SUSPENDED, "suspended");
    ok(store.stores == 1 && store.anchor.trust.floor_number == 1500, "D14 a proved refusal advances the floor, too");
    CASE(fixture_license(world.license.bytes, 3, 0, later, &world.ota), TM_ERROR_LICENSE_REVOKED, "D14 revoked");
    CASE(fixture_license(world.license.bytes, 0, 0, later, &world.ota), TM_ERROR_LICENSE_STATUS_UNKNOWN, "status 0");
    CASE(fixture_license(world.license.bytes, 5, 0, later, &world.ota), TM_ERROR_LICENSE_STATUS_UNKNOWN, "status 5");
    CASE(fixture_license(world.license.bytes, 1, 0, world.timestamp, &world.ota), TM_ERROR_LICENSE_EXPIRED,
         "expired in the block's own second");
    CASE(fixture_license(world.license.bytes, 1, 0, later, &world.other), TM_ERROR_LICENSE_SIGNER, "another signer");
    CASE(fixture_license(world.license.bytes, 1, 4, later, &world.ota), TM_ERROR_LICENSE_MIN_SECURITY_VERSION,
         "D1 below the license's minimum");
    CASE((fixture_license(world.license.bytes, 4, 0, later, &world.ota), world.unit.rollback = 3),
         TM_ERROR_LICENSE_SUNSET, "sunset: the unit's own security version");
    CASE(world.license.bytes[0] = 2, TM_ERROR_WORD_MALFORMED, "a license word of another layout");
    CASE(world.license.bytes[0] = 0, TM_ERROR_WORD_MALFORMED, "a license word that begins with zero");
    CASE(world.license.offered = false, TM_ERROR_PROOF_INCOMPLETE, "no license proof");
    CASE(world.release.offered = false, TM_ERROR_PROOF_INCOMPLETE, "no release proof");
    CASE(world.account_offered = false, TM_ERROR_PROOF_INCOMPLETE, "no account proof");
    CASE(world.release.exists = false, TM_ERROR_RELEASE_NOT_ANNOUNCED, "never announced");
    CASE(world.release_key[0] = 2, TM_ERROR_PROOF_UNUSED_NODE, "D4 another release's proof");
    CASE(fixture_release(world.release.bytes, 2, 3, 1400), TM_ERROR_RELEASE_WITHDRAWN, "withdrawn");
    CASE(fixture_release(world.release.bytes, 3, 3, 1400), TM_ERROR_WORD_MALFORMED, "a release status unknown");
    CASE(fixture_release(world.release.bytes, 1, 4, 1400), TM_ERROR_RELEASE_SECURITY_VERSION,
         "announced under another security version");
    CASE(fixture_release(world.release.bytes, 1, 3, 1501), TM_ERROR_RELEASE_BLOCK, "announced after the block");
}

static void rollback(void) {
    CASE(world.unit.running_sequence = 21, TM_ERROR_SEQUENCE_ROLLBACK, "D1 a sequence number that goes down");
    CASE(world.unit.rollback = 4, TM_ERROR_SECURITY_VERSION_ROLLBACK, "D1 below the rollback counter");
}

int main(void) {
    accepts();
    names();
    signer();
    witnesses();
    freshness();
    words();
    rollback();
    return done();
}
