// SPDX-License-Identifier: Apache-2.0
// The unit's challenge to the witnesses: one outstanding, in RAM only, for ten minutes, for one use.
#ifndef TM_CHALLENGE_H
#define TM_CHALLENGE_H

#include "bytes.h"
#include "error.h"

typedef struct {
    bool open;
    uint8_t nonce[32];
    uint64_t until_ms;
} tm_challenge;

// A new one takes the place of the old. ENTROPY_FAILED, none outstanding then.
tm_error tm_challenge_open(tm_challenge *challenge, uint64_t now_ms);

// The nonce while it stands; NULL without one.
const uint8_t *tm_challenge_nonce(const tm_challenge *challenge, uint64_t now_ms);

void tm_challenge_spend(tm_challenge *challenge);

#endif
