// SPDX-License-Identifier: Apache-2.0
// Bytes that arrive in pieces of any length, written to a region in whole program units. Each erase block is erased when
// the first byte for it arrives, not before.
#ifndef TM_FLASH_STREAM_H
#define TM_FLASH_STREAM_H

#include "flash.h"

typedef struct {
    tm_region region;
    uint32_t len;                         // bytes taken so far
    uint8_t tail[TM_FLASH_PROGRAM_MAX];   // of them, those behind the last whole program unit
} tm_flash_stream;

// Goes on behind len bytes that stand in the region already, whole program units. The rest of a block that they share
// is not erased again: it takes the same bytes as before, or port_flash_program refuses them.
void tm_flash_stream_begin(tm_flash_stream *stream, tm_region region, uint32_t len);

// FLASH_WRITE; INTERNAL beyond the region's end.
tm_error tm_flash_stream_append(tm_flash_stream *stream, tm_bytes bytes);

// Programs the last unit, filled up with 0xff. Nothing can be appended after it.
tm_error tm_flash_stream_finish(tm_flash_stream *stream);

// What was taken, the tail included. Valid until the next call that changes the stream.
tm_source tm_flash_stream_source(const tm_flash_stream *stream);

#endif
