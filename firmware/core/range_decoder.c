// SPDX-License-Identifier: Apache-2.0
#include "range_decoder.h"

#define PROBABILITY_BITS 11u
#define ONE (1u << PROBABILITY_BITS)
#define TOP (1u << 24)

void tm_range_begin(tm_range_decoder *decoder, uint16_t *zero, size_t count) {
    *decoder = (tm_range_decoder){.range = UINT32_MAX, .zero = zero};
    for (size_t i = 0; i < count; i++) zero[i] = ONE / 2;
}

void tm_range_feed(tm_range_decoder *decoder, tm_bytes input) {
    decoder->next = input.ptr;
    decoder->end = input.ptr + input.len;
}

tm_error tm_range_start(tm_range_decoder *decoder) {
    if (decoder->end - decoder->next < (ptrdiff_t)TM_RANGE_START_BYTES) return TM_ERROR_DELTA_MALFORMED;
    if (decoder->next[0] != 0) return TM_ERROR_DELTA_MALFORMED;
    decoder->code = tm_load32_be(decoder->next + 1);
    decoder->next += TM_RANGE_START_BYTES;
    return TM_OK;
}

tm_error tm_range_bit(tm_range_decoder *decoder, size_t index, uint32_t *bit) {
    uint16_t *const zero = &decoder->zero[index];
    const uint32_t bound = (decoder->range >> PROBABILITY_BITS) * *zero;
    *bit = decoder->code >= bound;
    if (*bit == 0) {
        decoder->range = bound;
        *zero = (uint16_t)(*zero + ((ONE - *zero) >> TM_DELTA_ADAPTATION));
    } else {
        decoder->range -= bound;
        decoder->code -= bound;
        *zero = (uint16_t)(*zero - (*zero >> TM_DELTA_ADAPTATION));
    }
    if (decoder->range >= TOP) return TM_OK;
    if (decoder->next == decoder->end) return TM_ERROR_DELTA_MALFORMED;
    // Probabilities stay within 15..2033 of 2048: one byte is always enough.
    decoder->range <<= 8;
    decoder->code = (decoder->code << 8) | *decoder->next++;
    return TM_OK;
}
