// SPDX-License-Identifier: Apache-2.0
// What a step asks of #chain (protocol/chain.md: which proofs a step needs), and what was proved.
#ifndef TM_CHAIN_QUESTION_H
#define TM_CHAIN_QUESTION_H

#include "block_header.h"

typedef enum {
    TM_STEP_BUNDLE,
    TM_STEP_ENROLL,
    TM_STEP_LOCK,
    TM_STEP_NOTICE,
    TM_STEP_ROTATE,
} tm_step;

typedef struct {
    tm_step step;
    const uint8_t *challenge;        // 32 bytes: the one outstanding; NULL: none
    const uint8_t *manifest_digest;  // 32 bytes: the bundle's, otherwise the running release's
    // A bundle's own words about the chain; otherwise NULL, NULL, 0.
    const uint8_t *board;            // 20 bytes
    const uint8_t *board_code_hash;  // 32 bytes
    uint64_t min_block;
} tm_chain_question;

typedef struct {
    bool present;  // else proved absent, or not offered where the step does not need it
    uint8_t bytes[32];
} tm_proved_word;

typedef struct {
    tm_block_header block;
    bool challenge_used;
    bool root_changed;
    tm_proved_word license;
    tm_proved_word release;
    tm_proved_word root;
} tm_chain_facts;

#endif
