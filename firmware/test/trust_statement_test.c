// SPDX-License-Identifier: Apache-2.0
// Trust statements in a bundle: who may change what, in which order.
#include "trust_statement.h"

#include "fixture/fixture_gate.h"
#include "sha256.h"
#include "tap.h"

static fixture_world world;
static fixture_store store;
static tm_gate_result result;
static fixture_statement *first;

// A world whose first statement does nothing but raise the epoch.
static void fresh(void) {
    fixture_world_init(&world);
    store = (fixture_store){0};
    first = fixture_state(&world);
}

static void expect(tm_error expected, const char *title) {
    ok_error(fixture_gate(&world, &store, &result), expected, title);
}

#define CASE(change, expected, title) \
    do {                              \
        fresh();                      \
        change;                       \
        expect(expected, title);      \
    } while (0)

static void refused_untouched(tm_error expected, const char *title) {
    expect(expected, title);
    ok(store.stores == 0, "and nothing moves");
}

static void new_witnesses(fixture_statement *statement) {
    for (int i = 0; i < FIXTURE_WITNESSES; i++) {
        memcpy(statement->after.keys[i], world.new_witnesses[i].public_key, 33);
    }
    world.signing_witnesses = world.new_witnesses;
}

static void new_root(fixture_statement *statement) {
    tm_sha256(world.new_root_der.bytes, world.new_root_der.len, statement->after.root_hash);
    statement->new_root_der = &world.new_root_der;
    statement->signers.new_root = true;
    world.root_word.offered = true;
    memcpy(world.root_word.bytes + 1, statement->after.root_hash, 31);
}

static void quorum(void) {
    CASE(, TM_OK, "k witnesses and the root");
    ok(store.stores == 1 && store.anchor.trust.epoch == 6, "the trust is stored with its epoch");
    ok(store.anchor.trust.floor_number == 1500, "and the floor");
    CASE(new_witnesses(first), TM_OK, "D31 new witnesses vouch for the block");
    CASE((new_witnesses(first), world.signing_witnesses = world.witnesses), TM_ERROR_WITNESS_SIGNATURE,
         "the old ones no longer");
    ok(store.stores == 0, "a statement without a block under it moves nothing");
    CASE(first->signers = ((fixture_signers){.witnesses = 3}), TM_ERROR_TRUST_SIGNATURES, "witnesses alone");
    CASE(first->signers = ((fixture_signers){.root = true}), TM_ERROR_TRUST_SIGNATURES, "the root alone");
    CASE(first->signers = ((fixture_signers){.witnesses = 1, .root = true}), TM_ERROR_TRUST_SIGNATURES,
         "D24 fewer than k witnesses");
    CASE(first->signers = ((fixture_signers){.recovery = 7}), TM_ERROR_TRUST_SIGNATURES, "recovery keys alone");
    CASE(first->signers = ((fixture_signers){.root = true, .recovery = 3}), TM_OK, "a lost quorum: root and recovery");
    CASE(first->signers = ((fixture_signers){.witnesses = 3, .recovery = 6}), TM_OK,
         "a lost root: witnesses and recovery");
    CASE((new_witnesses(first), first->signers = (fixture_signers){.root = true, .recovery = 3}), TM_OK,
         "a lost quorum is replaced");
    CASE((new_witnesses(first), first->signers = (fixture_signers){.witnesses = 3, .recovery = 6}),
         TM_ERROR_TRUST_SIGNATURES, "beside a quorum recovery keys change no witnesses");
    CASE((first->after.witness_threshold = 3, first->signers = (fixture_signers){.witnesses = 3, .recovery = 6}),
         TM_ERROR_TRUST_SIGNATURES, "nor how many of them it takes");
    CASE(first->signers = ((fixture_signers){.root = true, .recovery = 1}), TM_ERROR_TRUST_SIGNATURES,
         "fewer than r recovery keys");
    CASE(first->witness_keys = world.new_witnesses, TM_ERROR_TRUST_SIGNATURES, "signed by the new witnesses");
    CASE(first->signers.witnesses = 0x0b, TM_ERROR_TRUST_STATEMENT_MALFORMED, "an unknown witness");
    CASE(first->signers.recovery = 0x09, TM_ERROR_TRUST_STATEMENT_MALFORMED, "an unknown recovery key");
}

static void change(void) {
    CASE(first->before.epoch = 4, TM_ERROR_TRUST_OLD_HASH, "from another trust");
    CASE(first->after.floor_number = 1, TM_ERROR_TRUST_BLOCK_MALFORMED, "a floor in the block");
    CASE(first->after.witness_threshold = 1, TM_ERROR_TRUST_BLOCK_MALFORMED, "D24 half of the witnesses");
    CASE(first->after.witness_threshold = 0, TM_ERROR_TRUST_BLOCK_MALFORMED, "D24 a threshold of zero");
    CASE(memcpy(first->after.keys[1], first->after.keys[0], 33), TM_ERROR_TRUST_BLOCK_MALFORMED, "D24 a key twice");
    CASE(first->after.chain_id = 1, TM_ERROR_TRUST_CONSTANT, "another chain");
    CASE(first->after.manufacturer_id = 1, TM_ERROR_TRUST_CONSTANT, "another manufacturer");
    CASE(first->after.vendor_id[0] ^= 1, TM_ERROR_TRUST_CONSTANT, "another vendor");
    CASE(first->after.class_id[0] ^= 1, TM_ERROR_TRUST_CONSTANT, "another device class");
    CASE(memcpy(first->after.keys[3], world.other.public_key, 33), TM_ERROR_TRUST_CONSTANT, "another recovery key");
    CASE(first->after.recovery_threshold = 1, TM_ERROR_TRUST_CONSTANT, "another recovery threshold");
    CASE((first->after.epoch = 5, first->after.witness_threshold = 3), TM_ERROR_TRUST_EPOCH, "the same epoch");
    ok(store.stores == 0, "none of them moves anything");
    CASE(memset(first->after.board, 0xb1, 20), TM_ERROR_BOARD_MISMATCH, "a new board, and a release for the old one");
    CASE((memset(first->after.board, 0xb1, 20), memset(world.account_board, 0xb1, 20),
          memset(world.manifest.board, 0xb1, 20)), TM_OK, "a new board, and a release for it");
}

static void root_change(void) {
    CASE(new_root(first), TM_OK, "D31 a new root, signed by old and new and named on chain");
    ok(store.anchor.root_len == world.new_root_der.len &&
           memcmp(store.anchor.root, world.new_root_der.bytes, world.new_root_der.len) == 0,
       "its certificate is kept");
    fresh();
    new_root(first);
    world.root_word.offered = false;
    refused_untouched(TM_ERROR_TRUST_ROOT_NOT_PROVED, "a new root without proof");
    CASE((new_root(first), world.root_word.exists = false), TM_ERROR_ROOT_ABSENT, "a new root that the chain lacks");
    fresh();
    new_root(first);
    world.root_word.bytes[31] ^= 1;
    refused_untouched(TM_ERROR_ROOT_WORD_MISMATCH, "a new root that the chain does not name");
    CASE((new_root(first), first->signers.new_root = false), TM_ERROR_TRUST_STATEMENT_MALFORMED,
         "D31 a new root that did not sign");
    CASE((new_root(first), first->new_root_der = NULL), TM_ERROR_TRUST_STATEMENT_MALFORMED, "no certificate for it");
    CASE(first->new_root_der = &world.new_root_der, TM_ERROR_TRUST_STATEMENT_MALFORMED, "a certificate for no change");
    CASE(first->signers.new_root = true, TM_ERROR_TRUST_STATEMENT_MALFORMED, "a new root's signature for no change");
    CASE((new_root(first), first->new_root_der = &world.root_der), TM_ERROR_ROOT_MISMATCH, "another certificate");
    CASE((new_root(first), first->signers.root = false), TM_ERROR_TRUST_SIGNATURES, "a new root without the old one");
    CASE((new_root(first), first->signers.root = false, first->signers.recovery = 3), TM_OK,
         "a lost root replaced by recovery keys");
    CASE((new_root(first), first->signers.witnesses = 0, first->signers.recovery = 3), TM_ERROR_TRUST_SIGNATURES,
         "beside the root recovery keys change no root");
    fresh();
    world.new_root_der = world.line_der;
    new_root(first);
    expect(TM_ERROR_CERT_PATH_LENGTH, "a line certificate as root");
}

static void several(void) {
    fresh();
    fixture_statement *second = fixture_state(&world);
    new_witnesses(first);
    second->after = first->after;
    second->after.epoch = 9;
    second->before = first->after;
    second->witness_keys = world.new_witnesses;
    world.signed_epoch = 9;
    expect(TM_OK, "two statements in a row");
    ok(store.anchor.trust.epoch == 9, "end in the second's trust");
    world.anchor = store.anchor;
    world.anchor.trust.floor_number = 1000;
    expect(TM_OK, "the same chain again: what was applied is passed over");
    world.anchor.trust = first->after;
    expect(TM_OK, "also by a unit that has the first of them");
    ok(store.anchor.trust.epoch == 9, "which then applies the second");
    store = (fixture_store){0};
    world.anchor.trust = first->before;
    world.statement_count = 1;
    world.statements[0] = *second;
    refused_untouched(TM_ERROR_TRUST_OLD_HASH, "the second without the first");
}

static void floors(void) {
    fresh();
    first->floor_number = 1200;
    fixture_statement *second = fixture_state(&world);
    second->floor_number = 1199;
    refused_untouched(TM_ERROR_TRUST_FLOOR, "a floor below the former statement's");
    second->floor_number = 1200;
    expect(TM_OK, "an equal one");
    CASE(first->floor_number = 1501, TM_ERROR_BLOCK_BELOW_FLOOR, "a statement raises the floor before the block");
    CASE(first->floor_number = UINT64_MAX, TM_ERROR_BLOCK_BELOW_FLOOR, "D3 by one step at most");
    fresh();
    first->floor_number = UINT64_MAX;
    world.number = world.signed_number = 1000 + TM_LIMIT_FLOOR_STEP;
    expect(TM_OK, "D3 so the unit stays within reach");
}

int main(void) {
    quorum();
    change();
    root_change();
    several();
    floors();
    return done();
}
