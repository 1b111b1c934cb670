// SPDX-License-Identifier: Apache-2.0
// A delta on its way to the image that it stands for (protocol/bundle.md, Delta): fed in pieces of any length, it reads
// the base and hands the image on in order. The input is hostile: work and output are bounded by the image's signed size,
// memory by this struct.
#ifndef TM_DELTA_H
#define TM_DELTA_H

#include "range_decoder.h"
#include "source.h"

// Indexes of the model's probabilities.
#define TM_DELTA_NUMBERS 3u                                           // like, fresh, jump
#define TM_DELTA_NUMBER_CONTEXTS (2u << TM_DELTA_NUMBER_BITS)         // its width, then the bits below the first
#define TM_DELTA_CHANGED (TM_DELTA_NUMBERS * TM_DELTA_NUMBER_CONTEXTS)  // does a byte of a copy differ?
#define TM_DELTA_DIFFERENCE (TM_DELTA_CHANGED + 2u * TM_DELTA_HISTORY)
#define TM_DELTA_FRESH (TM_DELTA_DIFFERENCE + 4u * 256u)
#define TM_DELTA_PROBABILITIES (TM_DELTA_FRESH + 2u * 256u)

#define TM_DELTA_STEP_BYTES 32u  // more than one step ever reads: a number of 5 + 23 bits, a byte a bit
#define TM_DELTA_WINDOW_BYTES 64u

typedef struct {
    tm_error (*take)(void *ctx, tm_bytes bytes);
    void *ctx;
} tm_delta_sink;

typedef struct {
    tm_range_decoder decoder;
    uint16_t zero[TM_DELTA_PROBABILITIES];
    tm_source base;
    tm_delta_sink sink;
    uint32_t step;
    uint32_t input;    // bytes of the stream still to come
    uint32_t left;     // bytes of the image still to be made
    uint32_t from;     // in the base: where the copy goes on
    uint32_t like;     // bytes of the copy left
    uint32_t fresh;    // bytes behind it
    uint32_t history;  // of the copy's last bytes, which differed
    uint8_t held[2u * TM_DELTA_STEP_BYTES];  // input not decoded yet
    uint32_t held_len;
    uint8_t made[TM_DELTA_WINDOW_BYTES];     // image not handed on yet
    uint32_t made_len;
    uint8_t window[TM_DELTA_WINDOW_BYTES];   // of the base
    uint32_t window_off, window_len;
} tm_delta;

// Judges the header, TM_DELTA_HEADER_BYTES, and hashes the base. DELTA_MALFORMED, DELTA_BASE_MISMATCH.
tm_error tm_delta_check(const uint8_t header[TM_DELTA_HEADER_BYTES], const tm_source *base);

// input: bytes of the delta behind its header; size: of the image.
void tm_delta_begin(tm_delta *delta, const tm_source *base, uint32_t input, uint32_t size, tm_delta_sink sink);

// DELTA_MALFORMED, or what base or sink say.
tm_error tm_delta_append(tm_delta *delta, tm_bytes bytes);

// DELTA_MALFORMED unless the whole image was made of the whole delta.
tm_error tm_delta_finish(tm_delta *delta);

#endif
