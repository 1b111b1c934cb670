// SPDX-License-Identifier: Apache-2.0
// Every bit of a trust statement that replaces the root, and of the root proof beside it. gate_bits_test.c flips those of
// all other parts of a chain.
#include "chain.h"
#include "fixture/fixture_gate.h"
#include "fixture/fixture_parts.h"
#include "notice.h"
#include "sha256.h"
#include "tap.h"

static fixture_world world;
static fixture_store store;
static fixture_buffer chain;
static tm_chain_workspace workspace;
static tm_notice_result result;

static tm_error rotate(void) {
    const tm_anchor_store keep = {fixture_store_anchor, &store};
    const tm_source source = tm_source_memory(tm_bytes_of(chain.bytes, chain.len));
    return tm_rotate(&source, &world.unit, &keep, &workspace, &result);
}

int main(void) {
    fixture_world_init(&world);
    world.unit.anchor = &world.anchor;
    fixture_statement *const first = fixture_state(&world);
    tm_sha256(world.new_root_der.bytes, world.new_root_der.len, first->after.root_hash);
    first->new_root_der = &world.new_root_der;
    first->signers.new_root = true;
    world.root_word.offered = true;
    memcpy(world.root_word.bytes + 1, first->after.root_hash, 31);
    world.release.offered = false;
    fixture_chain(&world, &chain);
    ok_error(rotate(), TM_OK, "a new root");
    ok(store.stores == 1, "which is stored");

    const tm_source source = tm_source_memory(tm_bytes_of(chain.bytes, chain.len));
    tm_chain parts;
    ok_error(tm_chain_open(&source, &parts), TM_OK, "its parts");
    fixture_count counts[PARTS] = {0};
    for (uint32_t i = 0; i < chain.len; i++) {
        const uint32_t part = fixture_part_at(&parts, i);
        fixture_count *const count = &counts[part];
        if (part != PART_STATEMENTS && part != PART_ROOT) continue;
        for (uint32_t bit = 0; bit < 8; bit++) {
            chain.bytes[i] ^= (uint8_t)(1u << bit);
            const tm_error error = rotate();
            count->accepted += error == TM_OK || error == TM_ERROR_INTERNAL;
            chain.bytes[i] ^= (uint8_t)(1u << bit);
            count->flipped++;
        }
    }
    const fixture_count all = fixture_print_parts("a root's replacement", counts);
    const size_t bytes = parts.header.off - parts.statements.off + chain.len - parts.root.off;
    ok(counts[PART_ROOT].flipped > 0, "the root proof is there");
    ok(all.flipped == bytes * 8 && all.accepted == 0,
       "D8 each of %u bits of a trust statement flipped, and of the root proof beside it: refused by name", all.flipped);
    ok(store.stores == 1, "D8 and none moves floor or trust");
    return done();
}
