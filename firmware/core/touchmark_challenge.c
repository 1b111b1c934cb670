// SPDX-License-Identifier: Apache-2.0
#include "device.h"
#include "port.h"
#include "touchmark_group.h"
#include "trial.h"

// {} -> {nonce}: takes the place of one that is outstanding.
tm_error tm_touchmark_challenge(tm_smp_call *call) {
    tm_challenge *const challenge = &tm_the_device.challenge;
    TM_TRY(tm_challenge_open(challenge, port_clock_ms()));
    TM_TRY(tm_trial_withdraw());
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "nonce");
    tm_cbor_put_bstr(&call->response, challenge->nonce, sizeof challenge->nonce);
    return TM_OK;
}
