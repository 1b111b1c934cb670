// SPDX-License-Identifier: Apache-2.0
#include "trial.h"

#include <string.h>

#include "boot_record.h"
#include "bytes.h"
#include "install.h"
#include "launched.h"

static const tm_trial_context *context;

// The record in flash; where there is none, what it would say of a unit that just runs.
static tm_boot_record read_record(void) {
    const tm_boot_info *const running = tm_launched();
    tm_boot_record record;
    if (tm_boot_record_read(&record)) return record;
    record = (tm_boot_record){.slot = running->slot, .state = TM_BOOT_STATE_CONFIRMED, .previous_slot = tm_other_slot()};
    memcpy(record.manifest_digest, running->manifest_digest, sizeof record.manifest_digest);
    return record;
}

static tm_error write_confirmed(void) {
    const tm_boot_info *const running = tm_launched();
    tm_boot_record record = read_record();
    record.slot = running->slot;
    record.state = TM_BOOT_STATE_CONFIRMED;
    record.previous_slot = tm_other_slot();
    memcpy(record.manifest_digest, running->manifest_digest, sizeof record.manifest_digest);
    return tm_boot_record_write(&record);
}

static bool is_confirmed(void) {
    tm_boot_record record;
    return tm_boot_record_read(&record) && record.state == TM_BOOT_STATE_CONFIRMED &&
           record.slot == tm_launched()->slot;
}

tm_error tm_trial_start(const tm_trial_context *of) {
    context = of;
    return is_confirmed() ? context->raise_rollback() : TM_OK;
}

bool tm_trial_running(void) {
    return tm_launched()->reason == TM_BOOT_TRIAL && !is_confirmed();
}

bool tm_trial_pending(void) {
    return read_record().state == TM_BOOT_STATE_PENDING;
}

tm_error tm_trial_cancel(void) {
    return tm_trial_pending() ? write_confirmed() : TM_OK;
}

tm_error tm_trial_withdraw(void) {
    tm_install_forget();
    return tm_trial_cancel();
}

tm_error tm_trial_test(const uint8_t manifest_digest[32]) {
    const uint8_t *const passed = tm_install_passed();
    if (tm_trial_running()) return TM_ERROR_TRIAL_RUNNING;
    if (passed == NULL || !tm_equal(passed, manifest_digest, 32)) return TM_ERROR_NO_STAGED_IMAGE;
    if (tm_trial_pending()) return TM_OK;
    tm_boot_record record = read_record();
    record.slot = tm_other_slot();
    record.state = TM_BOOT_STATE_PENDING;
    record.previous_slot = tm_launched()->slot;
    memcpy(record.manifest_digest, manifest_digest, sizeof record.manifest_digest);
    return tm_boot_record_write(&record);
}

tm_error tm_trial_confirm(void) {
    if (!context->self_test_passed()) return TM_ERROR_SELF_TEST_PENDING;
    if (!is_confirmed()) TM_TRY(write_confirmed());
    return context->raise_rollback();
}
