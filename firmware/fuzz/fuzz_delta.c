// SPDX-License-Identifier: Apache-2.0
// A delta's stream against a base of 4 KiB: whatever it says, it makes at most the image, reads the base inside its
// bounds, and ends. The first two bytes are the image's size.
#include "delta.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t base[4096];
static uint32_t room;

static tm_error take(void *ctx, tm_bytes bytes) {
    (void)ctx;
    if (bytes.len > room) __builtin_trap();
    room -= (uint32_t)bytes.len;
    return TM_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static tm_delta delta;
    if (size < 2) return 0;
    for (size_t i = 0; i < sizeof base; i++) base[i] = (uint8_t)(i * 7);
    const tm_source source = tm_source_memory(tm_bytes_of(base, sizeof base));
    const uint32_t image = 1u + tm_load16_be(data);
    const tm_bytes stream = tm_bytes_of(data + 2, size - 2);
    room = image;
    tm_delta_begin(&delta, &source, (uint32_t)stream.len, image, (tm_delta_sink){take, NULL});
    tm_error error = TM_OK;
    // Pieces of every length, as the line brings them.
    for (size_t at = 0, piece = 1; at < stream.len && error == TM_OK; at += piece, piece = piece % 97 + 1) {
        const size_t left = stream.len - at;
        error = tm_delta_append(&delta, tm_bytes_of(stream.ptr + at, left < piece ? left : piece));
    }
    if (error == TM_OK && tm_delta_finish(&delta) == TM_OK && room != 0) __builtin_trap();
    return 0;
}
