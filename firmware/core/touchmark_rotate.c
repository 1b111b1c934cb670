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
    uint8_t hash[32];
    const tm_error error = tm_rotate(object, &unit, &keep, &workspace, &result);
    if (result.challenge_used) tm_challenge_spend(&device->challenge);
    TM_TRY(error);
    tm_trust_hash(&device->moving.anchor.trust, hash);
    tm_cbor_put_map(&call->response, 2);
    tm_cbor_put_tstr(&call->response, "epoch");
    tm_cbor_put_uint(&call->response, device->moving.anchor.trust.epoch);
    tm_cbor_put_tstr(&call->response, "trustHash");
    tm_cbor_put_bstr(&call->response, hash, sizeof hash);
    return TM_OK;
}

// Chunks of a chain with trust statements -> {epoch, trustHash}
tm_error tm_touchmark_rotate(tm_smp_call *call) {
    return tm_chunked(call, finish);
}
