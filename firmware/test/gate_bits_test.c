// SPDX-License-Identifier: Apache-2.0
// Every bit in front of the payload, and every length.
#include "fixture/fixture_gate.h"
#include "fixture/fixture_parts.h"
#include "gate.h"
#include "tap.h"

static fixture_world world;
static fixture_store store;
static fixture_buffer good, bad;
static tm_gate_result result;

static bool refused(void) {
    const tm_error error = fixture_gate_bytes(&world, &bad, &store, &result);
    return error != TM_OK && error != TM_ERROR_INTERNAL && !tm_gate_passed(&result);
}

static void every_bit(void) {
    fixture_count counts[PARTS] = {0}, outside = {0};
    tm_chain parts;
    tm_source source;
    const size_t end = good.len - sizeof world.image;
    fixture_gate_bytes(&world, &good, &store, &result);
    const tm_span chain = result.envelope.chain;
    const tm_source staged = tm_source_memory(tm_bytes_of(good.bytes, good.len));
    ok_error(tm_envelope_chain(&staged, &result.envelope, &source), TM_OK, "its chain");
    ok_error(tm_chain_open(&source, &parts), TM_OK, "the chain's parts");
    store.stores = 0;
    bad = good;
    for (size_t i = 0; i < end; i++) {
        const bool inside = i >= chain.off && i < chain.off + chain.len;
        fixture_count *const count = inside ? &counts[fixture_part_at(&parts, (uint32_t)(i - chain.off))] : &outside;
        for (uint32_t bit = 0; bit < 8; bit++) {
            bad.bytes[i] ^= (uint8_t)(1u << bit);
            if (!refused()) {
                printf("# byte %zu bit %u: %s\n", i, bit, tm_error_name(result.verdict));
                count->accepted++;
            }
            bad.bytes[i] ^= (uint8_t)(1u << bit);
            count->flipped++;
        }
    }
    const fixture_count all = fixture_print_parts("a bundle's chain", counts);
    printf("# a bundle's manifest, signature, certificate, form: %u bits flipped, %u accepted\n", outside.flipped,
           outside.accepted);
    const uint32_t flipped = all.flipped + outside.flipped, accepted = all.accepted + outside.accepted;
    printf("# bits manifest, signatures, certificates and proof of a bundle: %u of %zu flipped, %u accepted\n", flipped,
           end * 8, accepted);
    ok(flipped == end * 8 && accepted == 0, "D8 each of %u bits before the payload flipped: refused by name", flipped);
    ok(store.stores == 0, "D8 and none moves floor or trust");
}

static void every_length(void) {
    uint32_t accepted = 0;
    bad = good;
    for (bad.len = 0; bad.len < good.len; bad.len++) accepted += !refused();
    ok(accepted == 0, "D7 cut off at each of %zu lengths: refused", good.len);
    bad.len = good.len + 1;
    ok(refused(), "D6 one byte too many: refused");
}

static void every_chunk(void) {
    tm_envelope envelope;
    bool complete = true;
    bool right = true;
    fixture_gate_bytes(&world, &good, &store, &result);
    const uint32_t payload = result.envelope.payload.off;
    for (uint32_t len = 0; len <= good.len; len++) {
        const tm_source arrived = tm_source_memory(tm_bytes_of(good.bytes, len));
        const tm_error error = tm_envelope_scan(&arrived, (uint32_t)good.len, &envelope, &complete);
        right = right && error == TM_OK && (!complete || len >= payload) && (complete || len < good.len);
    }
    ok(right, "as bytes arrive: no objection, and complete only with all before the payload");
}

int main(void) {
    fixture_world_init(&world);
    world.witness_mask = 2 | 4;
    fixture_bundle(&world, &good);
    world.unit.anchor = &world.anchor;
    every_bit();
    every_length();
    every_chunk();
    return done();
}
