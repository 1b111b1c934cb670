// SPDX-License-Identifier: Apache-2.0
// The gate: may this bundle be installed? protocol/bundle.md's order of checks, from 0 to the payload's size in 7; then
// the installer streams the payload against manifest.image_digest. The verdict lives in RAM only.
#ifndef TM_GATE_H
#define TM_GATE_H

#include "chain_step.h"
#include "envelope.h"
#include "suit.h"

// Scratch of one check, kept off the stack.
typedef struct {
    tm_release_buffer release;
    tm_chain_workspace chain;
} tm_gate_workspace;

// Every check adds its own number, so that one that was jumped over is missing at the end.
#define TM_GATE_PASSED 0x5a3c96e1u

typedef struct {
    tm_error verdict;
    uint32_t passed;
    bool challenge_used;  // also by a bundle that is refused: the challenge is spent
    tm_envelope envelope;
    tm_manifest manifest;
    uint8_t manifest_digest[32];
    uint8_t root_public_key[33];  // the root that vouched for the signer: for the slot head
    uint8_t root_hash[32];
} tm_gate_result;

// staged: the bundle's bytes, at least all before its payload; total: the whole bundle's length. Returns the verdict.
tm_error tm_gate_check(const tm_source *staged, uint32_t total, const tm_unit *unit, const tm_anchor_store *store,
                       tm_gate_workspace *workspace, tm_gate_result *result);

// What an installer asks before it writes: both words of the result, never the verdict alone.
bool tm_gate_passed(const tm_gate_result *result);

#endif
