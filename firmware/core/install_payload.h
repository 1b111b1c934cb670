// SPDX-License-Identifier: Apache-2.0
// A bundle's payload on its way to the image writer: the image as it is, or made of the running one by a delta.
#ifndef TM_INSTALL_PAYLOAD_H
#define TM_INSTALL_PAYLOAD_H

#include "delta.h"
#include "gate.h"
#include "image_writer.h"

typedef struct {
    tm_payload_kind kind;
    tm_image_writer writer;
    tm_source base;
    tm_delta delta;
    uint32_t skip;  // bytes that the delta makes again after a reset: they stand in the slot and are hashed from there
} tm_install_payload;

// What can be judged before anything is written: a delta's header and its base. IMAGE_SIZE, ENVELOPE_TOO_LARGE, DELTA_*.
tm_error tm_install_payload_check(tm_install_payload *payload, const tm_source *staged, const tm_gate_result *gate);

// marks: strides of the image that stand in the slot. next: the offset in the bundle that tm_install_payload_take wants.
tm_error tm_install_payload_begin(tm_install_payload *payload, const tm_gate_result *gate, uint32_t slot,
                                  uint32_t marks, uint32_t *next);

// IMAGE_SIZE, FLASH_WRITE, DELTA_MALFORMED.
tm_error tm_install_payload_take(tm_install_payload *payload, tm_bytes data);

// Errors: tm_image_writer_finish's, DELTA_MALFORMED.
tm_error tm_install_payload_finish(tm_install_payload *payload, const uint8_t digest[32]);

#endif
