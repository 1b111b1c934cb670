// SPDX-License-Identifier: Apache-2.0
#include "utf8.h"

// Bytes behind the first byte of a sequence, and the bounds of the first of them (Unicode, table 3-7).
static int tail_of(uint8_t first, uint8_t *low, uint8_t *high) {
    *low = 0x80;
    *high = 0xbf;
    if (first < 0x80) return 0;
    if (first < 0xc2) return -1;
    if (first < 0xe0) return 1;
    if (first < 0xf0) {
        if (first == 0xe0) *low = 0xa0;
        if (first == 0xed) *high = 0x9f;
        return 2;
    }
    if (first == 0xf0) *low = 0x90;
    if (first == 0xf4) *high = 0x8f;
    return first <= 0xf4 ? 3 : -1;
}

bool tm_utf8_valid(tm_bytes text) {
    for (size_t i = 0; i < text.len;) {
        uint8_t low, high;
        const int tail = tail_of(text.ptr[i++], &low, &high);
        if (tail < 0 || text.len - i < (size_t)tail) return false;
        for (int n = 0; n < tail; n++, i++) {
            if (text.ptr[i] < low || text.ptr[i] > high) return false;
            low = 0x80;
            high = 0xbf;
        }
    }
    return true;
}
