// SPDX-License-Identifier: Apache-2.0
#include "base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void tm_base64_encode(const uint8_t *bytes, size_t len, char group[4]) {
    const uint32_t bits = (uint32_t)bytes[0] << 16 | (len > 1 ? (uint32_t)bytes[1] << 8 : 0u) | (len > 2 ? bytes[2] : 0u);
    group[0] = alphabet[bits >> 18];
    group[1] = alphabet[bits >> 12 & 63u];
    group[2] = '=';
    group[3] = '=';
    if (len > 1) group[2] = alphabet[bits >> 6 & 63u];
    if (len > 2) group[3] = alphabet[bits & 63u];
}

// 64 for a character outside the alphabet.
static uint32_t value(char c) {
    if (c >= 'A' && c <= 'Z') return (uint32_t)(c - 'A');
    if (c >= 'a' && c <= 'z') return (uint32_t)(c - 'a') + 26u;
    if (c >= '0' && c <= '9') return (uint32_t)(c - '0') + 52u;
    if (c == '+') return 62;
    return c == '/' ? 63 : 64;
}

size_t tm_base64_decode(const char group[4], uint8_t bytes[3]) {
    const size_t len = group[3] != '=' ? 3 : group[2] != '=' ? 2 : 1;
    uint32_t bits = 0;
    for (size_t i = 0; i < 4; i++) {
        const uint32_t six = i <= len ? value(group[i]) : 0;
        if (six > 63) return 0;
        bits = bits << 6 | six;
    }
    const uint32_t unused = len == 3 ? 0 : len == 2 ? 0xffu : 0xffffu;
    if ((bits & unused) != 0) return 0;
    bytes[0] = (uint8_t)(bits >> 16);
    bytes[1] = (uint8_t)(bits >> 8);
    bytes[2] = (uint8_t)bits;
    return len;
}
