// SPDX-License-Identifier: Apache-2.0
#include "delta.h"

#include <string.h>

#include "source_hash.h"

enum { START, LIKE, FRESH, JUMP, COPY, LITERAL, DONE };

tm_error tm_delta_check(const uint8_t header[TM_DELTA_HEADER_BYTES], const tm_source *base) {
    static const uint8_t reserved[TM_DELTA_HEADER_RESERVED_BYTES];
    uint8_t digest[TM_DELTA_HEADER_BASE_DIGEST_BYTES];
    if (memcmp(header, TM_DELTA_HEADER_MAGIC, TM_DELTA_HEADER_MAGIC_BYTES) != 0 ||
        header[TM_DELTA_HEADER_LAYOUT_OFFSET] != TM_DELTA_LAYOUT ||
        memcmp(header + TM_DELTA_HEADER_RESERVED_OFFSET, reserved, sizeof reserved) != 0) {
        return TM_ERROR_DELTA_MALFORMED;
    }
    if (tm_load32_be(header + TM_DELTA_HEADER_BASE_SIZE_OFFSET) != base->len) return TM_ERROR_DELTA_BASE_MISMATCH;
    TM_TRY(tm_sha256_source(base, digest));
    return tm_equal(digest, header + TM_DELTA_HEADER_BASE_DIGEST_OFFSET, sizeof digest) ? TM_OK
                                                                                        : TM_ERROR_DELTA_BASE_MISMATCH;
}

void tm_delta_begin(tm_delta *delta, const tm_source *base, uint32_t input, uint32_t size, tm_delta_sink sink) {
    memset(delta, 0, sizeof *delta);
    delta->base = *base;
    delta->sink = sink;
    delta->input = input;
    delta->left = size;
    tm_range_begin(&delta->decoder, delta->zero, TM_DELTA_PROBABILITIES);
}

// -- symbols -----------------------------------------------------------------------------------------------------

static tm_error tree(tm_delta *delta, size_t at, uint32_t bits, uint32_t *value) {
    uint32_t node = 1, bit;
    for (uint32_t i = 0; i < bits; i++) {
        TM_TRY(tm_range_bit(&delta->decoder, at + node, &bit));
        node = 2 * node + bit;
    }
    *value = node - (1u << bits);
    return TM_OK;
}

static tm_error number(tm_delta *delta, uint32_t which, uint32_t *value) {
    const size_t at = which * TM_DELTA_NUMBER_CONTEXTS;
    uint32_t width, bit;
    TM_TRY(tree(delta, at, TM_DELTA_NUMBER_BITS, &width));
    if (width > TM_DELTA_NUMBER_WIDTH_MAX) return TM_ERROR_DELTA_MALFORMED;
    *value = width > 0;
    for (uint32_t i = 1; i < width; i++) {
        TM_TRY(tm_range_bit(&delta->decoder, at + (1u << TM_DELTA_NUMBER_BITS) + width, &bit));
        *value = 2 * *value + bit;
    }
    return TM_OK;
}

// -- steps: each reads at most TM_DELTA_STEP_BYTES and makes at most one byte ------------------------------------

static uint32_t after_change(const tm_delta *delta) {
    if (delta->like > 0) return COPY;
    if (delta->fresh > 0) return LITERAL;
    return delta->left > 0 ? LIKE : DONE;
}

// A change makes at least one byte: the work ends with the image.
static tm_error step_fresh(tm_delta *delta) {
    TM_TRY(number(delta, 1, &delta->fresh));
    if (delta->fresh > delta->left - delta->like || delta->like + delta->fresh == 0) return TM_ERROR_DELTA_MALFORMED;
    delta->step = JUMP;
    return TM_OK;
}

static tm_error step_like(tm_delta *delta) {
    TM_TRY(number(delta, 0, &delta->like));
    if (delta->like > delta->left) return TM_ERROR_DELTA_MALFORMED;
    delta->step = FRESH;
    return TM_OK;
}

// Even forward, odd back.
static tm_error step_jump(tm_delta *delta) {
    uint32_t jump;
    TM_TRY(number(delta, 2, &jump));
    const uint32_t back = (jump + 1) / 2, forward = jump / 2;
    if (jump % 2 == 1 ? back > delta->from : forward > delta->base.len - delta->from) return TM_ERROR_DELTA_MALFORMED;
    delta->from = jump % 2 == 1 ? delta->from - back : delta->from + forward;
    if (delta->like > delta->base.len - delta->from) return TM_ERROR_DELTA_MALFORMED;
    delta->history = 0;
    delta->step = after_change(delta);
    return TM_OK;
}

static tm_error hand_on(tm_delta *delta) {
    const tm_bytes made = tm_bytes_of(delta->made, delta->made_len);
    delta->made_len = 0;
    return delta->sink.take(delta->sink.ctx, made);
}

static tm_error make(tm_delta *delta, uint32_t byte) {
    delta->made[delta->made_len++] = (uint8_t)byte;
    delta->left--;
    delta->step = after_change(delta);
    return delta->made_len == sizeof delta->made || delta->left == 0 ? hand_on(delta) : TM_OK;
}

static tm_error base_byte(tm_delta *delta, uint32_t *byte) {
    const uint32_t off = delta->from;
    if (off < delta->window_off || off - delta->window_off >= delta->window_len) {
        const uint32_t rest = delta->base.len - off;
        delta->window_off = off;
        delta->window_len = rest < sizeof delta->window ? rest : (uint32_t)sizeof delta->window;
        TM_TRY(tm_source_read(&delta->base, off, delta->window, delta->window_len));
    }
    *byte = delta->window[off - delta->window_off];
    return TM_OK;
}

static tm_error step_copy(tm_delta *delta) {
    const uint32_t odd = delta->left & 1, last = delta->history & 1;
    uint32_t byte, changed, difference = 0;
    TM_TRY(base_byte(delta, &byte));
    TM_TRY(tm_range_bit(&delta->decoder, TM_DELTA_CHANGED + 2 * delta->history + odd, &changed));
    if (changed != 0) TM_TRY(tree(delta, TM_DELTA_DIFFERENCE + 256 * (2 * odd + last), 8, &difference));
    delta->history = (2 * delta->history + changed) % TM_DELTA_HISTORY;
    delta->from++;
    delta->like--;
    return make(delta, byte + difference);
}

static tm_error step_literal(tm_delta *delta) {
    uint32_t byte;
    TM_TRY(tree(delta, TM_DELTA_FRESH + 256 * (delta->left & 1), 8, &byte));
    delta->fresh--;
    return make(delta, byte);
}

static tm_error step_start(tm_delta *delta) {
    delta->step = LIKE;
    return tm_range_start(&delta->decoder);
}

static tm_error step(tm_delta *delta) {
    switch (delta->step) {
    case START: return step_start(delta);
    case LIKE: return step_like(delta);
    case FRESH: return step_fresh(delta);
    case JUMP: return step_jump(delta);
    case COPY: return step_copy(delta);
    case LITERAL: return step_literal(delta);
    default: return TM_ERROR_INTERNAL;
    }
}

// -- input -------------------------------------------------------------------------------------------------------

// Steps while what is held is enough for one, or is all there will be.
static tm_error decode(tm_delta *delta) {
    tm_range_feed(&delta->decoder, tm_bytes_of(delta->held, delta->held_len));
    const uint8_t *const last = delta->input == 0                          ? delta->decoder.end
                                : delta->held_len < TM_DELTA_STEP_BYTES ? delta->held
                                                                        : delta->decoder.end - TM_DELTA_STEP_BYTES;
    while (delta->step != DONE && (delta->input == 0 || delta->decoder.next < last)) TM_TRY(step(delta));
    if (delta->step == DONE && delta->decoder.next != delta->decoder.end) return TM_ERROR_DELTA_MALFORMED;
    delta->held_len = (uint32_t)(delta->decoder.end - delta->decoder.next);
    memmove(delta->held, delta->decoder.next, delta->held_len);
    return TM_OK;
}

tm_error tm_delta_append(tm_delta *delta, tm_bytes bytes) {
    if (bytes.len > delta->input) return TM_ERROR_DELTA_MALFORMED;
    while (bytes.len > 0) {
        const size_t room = sizeof delta->held - delta->held_len;
        const size_t part = bytes.len < room ? bytes.len : room;
        memcpy(delta->held + delta->held_len, bytes.ptr, part);
        delta->held_len += (uint32_t)part;
        delta->input -= (uint32_t)part;
        bytes = tm_bytes_of(bytes.ptr + part, bytes.len - part);
        TM_TRY(decode(delta));
    }
    return TM_OK;
}

// The code is zero behind an encoder's last byte and nowhere else.
tm_error tm_delta_finish(tm_delta *delta) {
    const bool whole = delta->step == DONE && delta->input == 0 && delta->held_len == 0;
    return whole && delta->decoder.code == 0 ? TM_OK : TM_ERROR_DELTA_MALFORMED;
}
