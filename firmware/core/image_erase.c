// SPDX-License-Identifier: Apache-2.0
#include "flash.h"
#include "image_group.h"
#include "install.h"
#include "port.h"
#include "progress.h"
#include "launched.h"
#include "slot_head.h"
#include "trial.h"

// The head first: a slot that is half erased must not look like an image.
static void erase_other_slot(void) {
    const tm_region image = tm_slot_image_region(port_flash_map(), tm_other_slot());
    if (tm_slot_head_erase(tm_other_slot()) != TM_OK || tm_progress_clear() != TM_OK) return;
    for (uint32_t off = 0; off < image.size; off += port_flash().erase) {
        if (port_flash_erase(image.off + off) != TM_OK) return;
        port_watchdog_feed();
    }
}

// {?slot} -> {}, then the erase: it can take longer than clients wait. TRIAL_RUNNING; MESSAGE_FIELD for what runs.
tm_error tm_image_erase(tm_smp_call *call) {
    uint32_t slot;
    TM_TRY(tm_smp_uint(call, "slot", tm_other_slot(), &slot));
    if (slot != tm_other_slot()) return TM_ERROR_MESSAGE_FIELD;
    if (tm_trial_running()) return TM_ERROR_TRIAL_RUNNING;
    TM_TRY(tm_trial_withdraw());
    tm_cbor_put_map(&call->response, 0);
    call->after = erase_other_slot;
    return TM_OK;
}
