// SPDX-License-Identifier: Apache-2.0
#include "chunked.h"
#include "device.h"
#include "notice.h"
#include "touchmark_group.h"

static tm_error finish(tm_smp_call *call, const tm_source *object) {
    static tm_chain_workspace workspace;
    tm_device *const device = &tm_the_device;
    const tm_unit unit = tm_device_unit(device);
    const tm_anchor_store keep = {tm_device_learn, device};
    tm_notice_result result;
    const tm_error error = tm_notice(object, &unit, &keep, &workspace, &result);
    if (result.challenge_used) tm_challenge_spend(&device->challenge);
    TM_TRY(error);
    tm_cbor_put_map(&call->response, 2);
    tm_cbor_put_tstr(&call->response, "floor");
    tm_cbor_put_uint(&call->response, result.floor_number);
    tm_cbor_put_tstr(&call->response, "status");
    tm_cbor_put_uint(&call->response, result.license_status);
    return TM_OK;
}

// Chunks of a chain -> {floor, status}
tm_error tm_touchmark_notice(tm_smp_call *call) {
    return tm_chunked(call, finish);
}
