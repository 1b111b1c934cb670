// SPDX-License-Identifier: Apache-2.0
#include "flash_stream.h"

#include <string.h>

#include "port.h"

static uint32_t tail_len(const tm_flash_stream *stream) {
    return stream->len % port_flash().program;
}

void tm_flash_stream_begin(tm_flash_stream *stream, tm_region region, uint32_t len) {
    stream->region = region;
    stream->len = len;
    memset(stream->tail, 0xff, sizeof stream->tail);
}

// Takes at most up to the next end of a program unit, or whole units up to the end of the block.
static uint32_t part_len(const tm_flash_stream *stream, size_t len) {
    const port_flash_geometry flash = port_flash();
    const uint32_t to_block_end = flash.erase - stream->len % flash.erase;
    const uint32_t held = tail_len(stream);
    const uint32_t limit = held > 0 ? flash.program - held : to_block_end;
    return len < limit ? (uint32_t)len : limit;
}

static tm_error take(tm_flash_stream *stream, const uint8_t *bytes, uint32_t len) {
    const port_flash_geometry flash = port_flash();
    const uint32_t held = tail_len(stream);
    const uint32_t at = stream->region.off + stream->len;
    if (stream->len % flash.erase == 0) TM_TRY(port_flash_erase(at));
    if (held + len < flash.program) {
        memcpy(stream->tail + held, bytes, len);
    } else if (held > 0) {
        memcpy(stream->tail + held, bytes, len);
        TM_TRY(port_flash_program(at - held, stream->tail, flash.program));
    } else {
        const uint32_t whole = len - len % flash.program;
        TM_TRY(port_flash_program(at, bytes, whole));
        memcpy(stream->tail, bytes + whole, len - whole);
    }
    stream->len += len;
    return TM_OK;
}

tm_error tm_flash_stream_append(tm_flash_stream *stream, tm_bytes bytes) {
    if (bytes.len > stream->region.size - stream->len) return TM_ERROR_INTERNAL;
    while (bytes.len > 0) {
        const uint32_t part = part_len(stream, bytes.len);
        TM_TRY(take(stream, bytes.ptr, part));
        bytes = tm_bytes_of(bytes.ptr + part, bytes.len - part);
    }
    return TM_OK;
}

tm_error tm_flash_stream_finish(tm_flash_stream *stream) {
    const uint32_t held = tail_len(stream);
    return held == 0 ? TM_OK : tm_flash_write(stream->region.off + stream->len - held, stream->tail, held);
}

static tm_error read_stream(const tm_source *source, uint32_t off, void *buf, size_t len) {
    const tm_flash_stream *const stream = source->ctx;
    const uint32_t programmed = stream->len - tail_len(stream);
    const size_t from_flash = off >= programmed ? 0 : len < programmed - off ? len : programmed - off;
    uint8_t *const to = buf;
    if (from_flash > 0) TM_TRY(port_flash_read(stream->region.off + off, to, from_flash));
    if (from_flash < len) {
        memcpy(to + from_flash, stream->tail + (off + from_flash - programmed), len - from_flash);
    }
    return TM_OK;
}

tm_source tm_flash_stream_source(const tm_flash_stream *stream) {
    return (tm_source){.read = read_stream, .ctx = stream, .base = 0, .len = stream->len};
}
