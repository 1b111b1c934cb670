// SPDX-License-Identifier: Apache-2.0
#include "image_group.h"
#include "port.h"
#include "launched.h"

static void put_slot(tm_cbor_writer *out, uint32_t slot) {
    const bool writable = slot == tm_other_slot();
    tm_cbor_put_map(out, writable ? 3 : 2);
    tm_cbor_put_tstr(out, "size");
    tm_cbor_put_uint(out, tm_slot_image_region(port_flash_map(), slot).size);
    tm_cbor_put_tstr(out, "slot");
    tm_cbor_put_uint(out, slot);
    if (writable) {
        tm_cbor_put_tstr(out, "upload_image_id");
        tm_cbor_put_uint(out, 0);
    }
}

// {} -> {images: [{image: 0, slots: [{size: bytes, slot, ?upload_image_id}], max_image_size: bytes}]}
tm_error tm_image_slot_info(tm_smp_call *call) {
    tm_cbor_writer *const out = &call->response;
    tm_cbor_put_map(out, 1);
    tm_cbor_put_tstr(out, "images");
    tm_cbor_put_array(out, 1);
    tm_cbor_put_map(out, 3);
    tm_cbor_put_tstr(out, "image");
    tm_cbor_put_uint(out, 0);
    tm_cbor_put_tstr(out, "slots");
    tm_cbor_put_array(out, TM_SLOTS);
    for (uint32_t slot = 0; slot < TM_SLOTS; slot++) put_slot(out, slot);
    tm_cbor_put_tstr(out, "max_image_size");
    tm_cbor_put_uint(out, TM_LIMIT_IMAGE_BYTES);
    return TM_OK;
}
