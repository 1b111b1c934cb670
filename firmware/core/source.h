// SPDX-License-Identifier: Apache-2.0
// Random access to bytes that may be in flash, read through small windows.
#ifndef TM_SOURCE_H
#define TM_SOURCE_H

#include "bytes.h"
#include "error.h"

typedef struct tm_source {
    // Copies [off, off + len) to buf. The range lies inside the source.
    tm_error (*read)(const struct tm_source *source, uint32_t off, void *buf, size_t len);
    const void *ctx;
    uint32_t base;  // where this source starts in what ctx names
    uint32_t len;
} tm_source;

// The only way to read: checks the range (INTERNAL outside), then calls the source.
tm_error tm_source_read(const tm_source *source, uint32_t off, void *buf, size_t len);

tm_source tm_source_memory(tm_bytes bytes);

// The part [off, off + len) as a source of its own; it needs what the whole needs (ctx) to live on.
tm_error tm_source_slice(const tm_source *whole, uint32_t off, uint32_t len, tm_source *part);

#endif
