// SPDX-License-Identifier: Apache-2.0
// How far an image has come, so that an upload goes on after a reset (protocol/flash.md). A header names the upload;
// then one mark, a program unit, follows each TM_LIMIT_PROGRESS_STRIDE bytes of image, after the bytes themselves.
// None of it is believed: what it lets skip is hashed again from flash.
#ifndef TM_PROGRESS_H
#define TM_PROGRESS_H

#include <stdbool.h>

#include "error.h"

typedef struct {
    uint8_t sha[32];   // of the whole upload, as its sender says
    uint32_t len;      // bytes of the whole upload
    uint32_t payload;  // offset of the image in it
    uint32_t slot;
} tm_progress;

// False where none stands, or a torn one.
bool tm_progress_read(tm_progress *progress);

tm_error tm_progress_begin(const tm_progress *progress);

// Marks a further stride as written: index 0 for the first.
tm_error tm_progress_mark(uint32_t index);

// Marks in a row from the first, of at most limit.
uint32_t tm_progress_count(uint32_t limit);

// Nothing can be resumed any more. Erases only where something stands.
tm_error tm_progress_clear(void);

#endif
