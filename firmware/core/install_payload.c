// SPDX-License-Identifier: Apache-2.0
#include "install_payload.h"

#include "launched.h"
#include "port.h"
#include "slot_head.h"

static tm_error running_image(tm_source *image) {
    tm_slot_head head;
    const uint32_t slot = tm_launched()->slot;
    if (tm_slot_head_read(slot, &head) != TM_OK) return TM_ERROR_DELTA_BASE_MISMATCH;
    *image = tm_flash_source(tm_slot_image_region(port_flash_map(), slot).off, head.image_size);
    return TM_OK;
}

tm_error tm_install_payload_check(tm_install_payload *payload, const tm_source *staged, const tm_gate_result *gate) {
    const tm_span span = gate->envelope.payload;
    uint8_t header[TM_DELTA_HEADER_BYTES];
    payload->kind = gate->envelope.kind;
    if (payload->kind == TM_PAYLOAD_FIRMWARE) return TM_OK;
    if (span.len <= sizeof header) return TM_ERROR_DELTA_MALFORMED;
    if (span.off + sizeof header > staged->len) return TM_ERROR_ENVELOPE_TOO_LARGE;
    TM_TRY(tm_source_read(staged, span.off, header, sizeof header));
    TM_TRY(running_image(&payload->base));
    return tm_delta_check(header, &payload->base);
}

static tm_error write_made(void *ctx, tm_bytes bytes) {
    tm_install_payload *const payload = ctx;
    const size_t known = bytes.len < payload->skip ? bytes.len : payload->skip;
    payload->skip -= (uint32_t)known;
    port_watchdog_feed();  // a few bytes of delta can stand for a whole image
    return tm_image_writer_append(&payload->writer, tm_bytes_of(bytes.ptr + known, bytes.len - known));
}

tm_error tm_install_payload_begin(tm_install_payload *payload, const tm_gate_result *gate, uint32_t slot,
                                  uint32_t marks, uint32_t *next) {
    const tm_span span = gate->envelope.payload;
    TM_TRY(tm_image_writer_begin(&payload->writer, slot, gate->manifest.image_size, marks));
    if (payload->kind == TM_PAYLOAD_FIRMWARE) {
        *next = span.off + payload->writer.stream.len;
        return TM_OK;
    }
    // The model has no checkpoint: a delta is always read from its start.
    payload->skip = payload->writer.stream.len;
    tm_delta_begin(&payload->delta, &payload->base, span.len - TM_DELTA_HEADER_BYTES, gate->manifest.image_size,
                   (tm_delta_sink){write_made, payload});
    *next = span.off + TM_DELTA_HEADER_BYTES;
    return TM_OK;
}

tm_error tm_install_payload_take(tm_install_payload *payload, tm_bytes data) {
    return payload->kind == TM_PAYLOAD_FIRMWARE ? tm_image_writer_append(&payload->writer, data)
                                                : tm_delta_append(&payload->delta, data);
}

tm_error tm_install_payload_finish(tm_install_payload *payload, const uint8_t digest[32]) {
    if (payload->kind == TM_PAYLOAD_DELTA) TM_TRY(tm_delta_finish(&payload->delta));
    return tm_image_writer_finish(&payload->writer, digest);
}
