// SPDX-License-Identifier: Apache-2.0
#include "bytes.h"

#include <string.h>

bool tm_equal(const void *a, const void *b, size_t len) {
    const uint8_t *x = (const uint8_t *)a;
    const uint8_t *y = (const uint8_t *)b;
    uint32_t difference = 0;
    for (size_t i = 0; i < len; i++) difference |= (uint32_t)(x[i] ^ y[i]);
    return difference == 0;
}

bool tm_bytes_equal(tm_bytes a, tm_bytes b) {
    return a.len == b.len && tm_equal(a.ptr, b.ptr, a.len);
}

int tm_bytes_compare(tm_bytes a, tm_bytes b) {
    const size_t common = a.len < b.len ? a.len : b.len;
    const int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);
    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

void tm_wipe(void *p, size_t len) {
    volatile uint8_t *byte = (volatile uint8_t *)p;
    while (len-- > 0) *byte++ = 0;
}
