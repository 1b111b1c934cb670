// SPDX-License-Identifier: Apache-2.0
#include "device.h"
#include "touchmark_group.h"

enum { DEVICE, LINE, ROOT, PINNED };  // leaf first, as paths are written

static tm_error choose(const tm_identity *identity, const tm_anchor *anchor, uint32_t of, tm_bytes *der) {
    switch (of) {
        case DEVICE: *der = tm_bytes_of(identity->device, identity->device_len); return TM_OK;
        case LINE: *der = tm_bytes_of(identity->line, identity->line_len); return TM_OK;
        case ROOT: *der = tm_bytes_of(identity->root, identity->root_len); return TM_OK;
        case PINNED: *der = tm_bytes_of(anchor->root, anchor->root_len); return TM_OK;
        default: return TM_ERROR_MESSAGE_FIELD;
    }
}

// {of: 0 device, 1 line, 2 root, 3 pinned root} -> {certificate}: the path that the unit was enrolled under, and the root
// that it is pinned to now
tm_error tm_touchmark_certificate(tm_smp_call *call) {
    const tm_identity *const identity = &tm_the_device.identity;
    uint32_t of;
    tm_bytes der;
    TM_TRY(tm_device_has_key(&tm_the_device));
    TM_TRY(tm_smp_uint(call, "of", DEVICE, &of));
    TM_TRY(choose(identity, &tm_the_device.moving.anchor, of, &der));
    if (der.len == 0) return TM_ERROR_LIFE_STATE;
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "certificate");
    tm_cbor_put_bstr(&call->response, der.ptr, der.len);
    return TM_OK;
}
