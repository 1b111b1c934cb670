// SPDX-License-Identifier: Apache-2.0
#include "trust_block.h"

#include "crc.h"
#include "fixture/fixture_world.h"
#include "tap.h"

static fixture_world world;
static uint8_t block[TM_TRUST_BLOCK_BYTES];
static tm_trust trust;

static void seal(void) {
    tm_store32_be(block + TM_TRUST_BLOCK_CRC32_OFFSET, tm_crc32(0, block, TM_TRUST_BLOCK_CRC32_OFFSET));
}

static void refused(size_t at, uint8_t value, const char *title) {
    tm_trust_encode(&world.anchor.trust, block);
    block[at] = value;
    seal();
    ok_error(tm_trust_decode(block, &trust), TM_ERROR_TRUST_BLOCK_MALFORMED, title);
}

static void form(void) {
    uint8_t again[TM_TRUST_BLOCK_BYTES];
    tm_trust_encode(&world.anchor.trust, block);
    ok_error(tm_trust_decode(block, &trust), TM_OK, "a block");
    tm_trust_encode(&trust, again);
    ok_bytes(again, tm_bytes_of(block, sizeof block), "encodes to the same bytes");
    uint32_t accepted = 0;
    for (size_t bit = 0; bit < 8 * sizeof block; bit++) {
        block[bit / 8] ^= (uint8_t)(1u << bit % 8);
        accepted += tm_trust_decode(block, &trust) == TM_OK;
        block[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    ok(accepted == 0, "D8 no bit can flip");
    refused(0, 'X', "magic");
    refused(TM_TRUST_BLOCK_LAYOUT_OFFSET, 2, "layout");
    refused(TM_TRUST_BLOCK_RESERVED_OFFSET, 1, "reserved");
    refused(TM_TRUST_BLOCK_PADDING_OFFSET + 13, 1, "padding");
    refused(TM_TRUST_BLOCK_WITNESS_COUNT_OFFSET, 0, "D24 no witnesses");
    refused(TM_TRUST_BLOCK_WITNESS_COUNT_OFFSET, 8, "eight witnesses");
    refused(TM_TRUST_BLOCK_WITNESS_THRESHOLD_OFFSET, 1, "D24 k of half or fewer");
    refused(TM_TRUST_BLOCK_WITNESS_THRESHOLD_OFFSET, 4, "k above the count");
    refused(TM_TRUST_BLOCK_RECOVERY_COUNT_OFFSET, 2, "a key behind the last");
    refused(TM_TRUST_BLOCK_RECOVERY_COUNT_OFFSET, 6, "six recovery keys");
    refused(TM_TRUST_BLOCK_RECOVERY_THRESHOLD_OFFSET, 0, "D24 a recovery threshold of zero");
    refused(TM_TRUST_BLOCK_RECOVERY_THRESHOLD_OFFSET, 4, "r above the count");
    refused(TM_TRUST_BLOCK_KEYS_OFFSET, 4, "a key that is not compressed");
}

static void hashes(void) {
    uint8_t before[32], after[32], constant[32];
    trust = world.anchor.trust;
    tm_trust_hash(&trust, before);
    tm_trust_constant_hash(&trust, constant);
    trust.floor_number++;
    trust.floor_timestamp++;
    tm_trust_hash(&trust, after);
    ok(memcmp(before, after, 32) == 0, "the trust hash leaves the floor out");
    trust.epoch++;
    tm_trust_hash(&trust, after);
    ok(memcmp(before, after, 32) != 0, "and takes the epoch in");
    memset(trust.board, 1, 20);
    memset(trust.root_hash, 1, 32);
    trust.keys[0][5] ^= 1;
    tm_trust_constant_hash(&trust, after);
    ok(memcmp(constant, after, 32) == 0, "the constant hash leaves out what statements change");
    trust.keys[trust.witness_count][5] ^= 1;
    tm_trust_constant_hash(&trust, after);
    ok(memcmp(constant, after, 32) != 0, "and takes the recovery keys in");
}

static void floors(void) {
    trust = world.anchor.trust;
    ok(!tm_trust_advance_floor(&trust, 1000, 5) && !tm_trust_advance_floor(&trust, 999, 5) &&
           trust.floor_number == 1000, "the floor never falls");
    ok(tm_trust_advance_floor(&trust, 1001, 5) && trust.floor_number == 1001, "D32 it rises by one");
    ok(tm_trust_advance_floor(&trust, UINT64_MAX, 5) && trust.floor_number == 1001 + TM_LIMIT_FLOOR_STEP,
       "D3 and by one step at most");
    trust.floor_number = UINT64_MAX - 1;
    ok(tm_trust_advance_floor(&trust, UINT64_MAX, 5) && trust.floor_number == UINT64_MAX, "D32 without a wrap");
}

int main(void) {
    fixture_world_init(&world);
    form();
    hashes();
    floors();
    return done();
}
