// SPDX-License-Identifier: Apache-2.0
#include "source.h"

#include <string.h>

static bool in_range(const tm_source *source, uint32_t off, size_t len) {
    return off <= source->len && len <= source->len - off;
}

tm_error tm_source_read(const tm_source *source, uint32_t off, void *buf, size_t len) {
    if (!in_range(source, off, len)) return TM_ERROR_INTERNAL;
    return len == 0 ? TM_OK : source->read(source, source->base + off, buf, len);
}

static tm_error read_memory(const tm_source *source, uint32_t off, void *buf, size_t len) {
    memcpy(buf, (const uint8_t *)source->ctx + off, len);
    return TM_OK;
}

tm_source tm_source_memory(tm_bytes bytes) {
    return (tm_source){.read = read_memory, .ctx = bytes.ptr, .base = 0, .len = (uint32_t)bytes.len};
}

tm_error tm_source_slice(const tm_source *whole, uint32_t off, uint32_t len, tm_source *part) {
    if (!in_range(whole, off, len)) return TM_ERROR_INTERNAL;
    *part = *whole;
    part->base = whole->base + off;
    part->len = len;
    return TM_OK;
}
