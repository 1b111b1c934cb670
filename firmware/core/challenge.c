// SPDX-License-Identifier: Apache-2.0
#include "challenge.h"

#include "random.h"

#define LIFETIME_MS (TM_LIMIT_CHALLENGE_SECONDS * 1000u)

tm_error tm_challenge_open(tm_challenge *challenge, uint64_t now_ms) {
    tm_challenge_spend(challenge);
    TM_TRY(tm_random(challenge->nonce, sizeof challenge->nonce));
    challenge->until_ms = now_ms + LIFETIME_MS;
    challenge->open = true;
    return TM_OK;
}

const uint8_t *tm_challenge_nonce(const tm_challenge *challenge, uint64_t now_ms) {
    return challenge->open && now_ms < challenge->until_ms ? challenge->nonce : NULL;
}

void tm_challenge_spend(tm_challenge *challenge) {
    tm_wipe(challenge, sizeof *challenge);
}
