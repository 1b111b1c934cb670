// SPDX-License-Identifier: Apache-2.0
// LZMA's binary range decoder: bits under adaptive probabilities, 11 bits wide (lzma-specification.txt). It never reads
// more than one byte a bit, so that whoever feeds it knows when it can go on.
#ifndef TM_RANGE_DECODER_H
#define TM_RANGE_DECODER_H

#include "bytes.h"
#include "error.h"

#define TM_RANGE_START_BYTES 5u

typedef struct {
    uint32_t range;
    uint32_t code;
    uint16_t *zero;  // probability of a 0, for each index
    const uint8_t *next;
    const uint8_t *end;
} tm_range_decoder;

// Sets count probabilities to one half. The input is empty.
void tm_range_begin(tm_range_decoder *decoder, uint16_t *zero, size_t count);

// What is decoded next; lives on until it is used.
void tm_range_feed(tm_range_decoder *decoder, tm_bytes input);

// Takes the first TM_RANGE_START_BYTES, which have to be there. DELTA_MALFORMED.
tm_error tm_range_start(tm_range_decoder *decoder);

// DELTA_MALFORMED where the input ends.
tm_error tm_range_bit(tm_range_decoder *decoder, size_t index, uint32_t *bit);

#endif
