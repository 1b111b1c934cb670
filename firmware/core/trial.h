// SPDX-License-Identifier: Apache-2.0
// From a staged image to a confirmed one: test makes the next start a trial, confirm ends it, a reset without confirm
// reverts (bootloader.c).
#ifndef TM_TRIAL_H
#define TM_TRIAL_H

#include <stdbool.h>

#include "error.h"

typedef struct {
    bool (*self_test_passed)(void);
    // To the running security version, after the confirmation is written. The counter never falls.
    tm_error (*raise_rollback)(void);
} tm_trial_context;

// Also raises the rollback counter where a power cut came between a confirmation and its raise.
tm_error tm_trial_start(const tm_trial_context *context);

// The running image is on trial and not confirmed yet.
bool tm_trial_running(void);

// The other slot's image starts on trial with the next reset.
bool tm_trial_pending(void);

// The other slot is about to change: the next start is the running slot's again.
tm_error tm_trial_cancel(void);

// The unit has learned something since: what passed the gate before has to pass it again. A trial that runs goes on.
tm_error tm_trial_withdraw(void);

// NO_STAGED_IMAGE unless the current gate pass staged this digest; TRIAL_RUNNING.
tm_error tm_trial_test(const uint8_t manifest_digest[32]);

// What runs is what starts from now on. SELF_TEST_PENDING.
tm_error tm_trial_confirm(void);

#endif
