// SPDX-License-Identifier: Apache-2.0
#include "boot_record.h"
#include "chunked.h"
#include "device.h"
#include "lock.h"
#include "touchmark_group.h"

static bool on_trial(void) {
    tm_boot_record record;
    return tm_boot_record_read(&record) && record.state != TM_BOOT_STATE_CONFIRMED;
}

static tm_error ready(const tm_device *device) {
    TM_TRY(tm_device_provisioning(device));
    if (device->life != TM_LIFE_ENROLLED) return TM_ERROR_LOCK_NOT_READY;
    return on_trial() ? TM_ERROR_TRIAL_RUNNING : TM_OK;
}

static tm_error finish(tm_smp_call *call, const tm_source *object) {
    static tm_lock_workspace workspace;
    tm_device *const device = &tm_the_device;
    const tm_unit unit = tm_device_unit(device);
    const tm_anchor_store keep = {tm_device_learn, device};
    tm_lock_result result;
    const tm_error error =
        tm_lock_check(object, &device->running.head.release, &unit, &keep, &workspace, &result);
    if (result.challenge_used) tm_challenge_spend(&device->challenge);
    TM_TRY(error);
    TM_TRY(tm_lock(device, &result));
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "life");
    tm_cbor_put_uint(&call->response, device->life);
    return TM_OK;
}

// Chunks of a chain over the unit's challenge -> {life}. There is no way back.
tm_error tm_touchmark_lock(tm_smp_call *call) {
    TM_TRY(ready(&tm_the_device));
    return tm_chunked(call, finish);
}
