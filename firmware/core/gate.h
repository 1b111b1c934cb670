// SPDX-License-Identifier: Apache-2.0
// The gate: may this bundle be installed? protocol/bundle.md's order of checks, steps 0 to 7 up to the payload's size;
// then the installer streams the payload against manifest.image_digest. The verdict lives in RAM only.
#ifndef TM_GATE_H
#define TM_GATE_H

#include "chain_proof.h"
#include "envelope.h"
#include "suit.h"

// The unit, as the gate sees it.
typedef struct {
    const tm_anchor *anchor;
    uint32_t rollback;                 // lowest security version that may run
    uint64_t running_sequence;
    uint32_t running_security_version;
    const uint8_t *running_digest;     // 32 bytes: manifest digest of the running slot
    const uint8_t *challenge;          // 32 bytes: the one outstanding; NULL: none
    uint32_t slot_bytes;               // room for an image
} tm_unit;

// Stores what a proof moved (trust, floor), before any judgement on what was proved. Called only if something moved.
typedef struct {
    tm_error (*store)(void *ctx, const tm_anchor *anchor);
    void *ctx;
} tm_anchor_store;

// Scratch of one check, kept out of the stack.
typedef struct {
    tm_anchor anchor;
    union {
        tm_release_buffer release;
        tm_chain_buffer chain;
    } buffer;
} tm_gate_workspace;

// Every step adds its own number, so that a step that was jumped over is missing at the end. The installer asks for both.
#define TM_GATE_PASSED 0x5a3c96e1u

typedef struct {
    tm_error verdict;
    uint32_t passed;  // TM_GATE_PASSED with a verdict of TM_OK
    bool challenge_used;
    tm_envelope envelope;
    tm_manifest manifest;
    uint8_t manifest_digest[32];
    uint8_t root_public_key[33];  // that the signature was checked under: the slot head's
    uint8_t root_hash[32];
} tm_gate_result;

// staged: the bundle's bytes before its payload at least; total: the whole bundle's length.
// Returns result->verdict.
tm_error tm_gate_check(const tm_source *staged, uint32_t total, const tm_unit *unit, const tm_anchor_store *store,
                       tm_gate_workspace *workspace, tm_gate_result *result);

#endif
