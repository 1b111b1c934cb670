// SPDX-License-Identifier: Apache-2.0
#include "source_hash.h"

#include "keccak.h"
#include "sha256.h"

#define WINDOW 64u  // bytes

static size_t window_at(const tm_source *source, uint32_t off) {
    return source->len - off < WINDOW ? source->len - off : WINDOW;
}

tm_error tm_sha256_source(const tm_source *source, uint8_t digest[32]) {
    tm_sha256_state state;
    uint8_t window[WINDOW];
    tm_sha256_init(&state);
    for (uint32_t off = 0; off < source->len; off += (uint32_t)window_at(source, off)) {
        const size_t len = window_at(source, off);
        TM_TRY(tm_source_read(source, off, window, len));
        tm_sha256_update(&state, window, len);
    }
    tm_sha256_final(&state, digest);
    return TM_OK;
}

tm_error tm_keccak256_source(const tm_source *source, uint8_t digest[32]) {
    tm_keccak256_state state;
    uint8_t window[WINDOW];
    tm_keccak256_init(&state);
    for (uint32_t off = 0; off < source->len; off += (uint32_t)window_at(source, off)) {
        const size_t len = window_at(source, off);
        TM_TRY(tm_source_read(source, off, window, len));
        tm_keccak256_update(&state, window, len);
    }
    tm_keccak256_final(&state, digest);
    return TM_OK;
}
