// SPDX-License-Identifier: Apache-2.0
// Builds DER for tests, right or wrong alike. What it returns lives until the program ends.
#ifndef TM_DER_BUILD_H
#define TM_DER_BUILD_H

#include "der.h"
#include "tap.h"

static inline tm_bytes join_parts(const tm_bytes *parts, size_t count) {
    size_t len = 0;
    for (size_t i = 0; i < count; i++) len += parts[i].len;
    uint8_t *out = malloc(len + 1);
    len = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len > 0) memcpy(out + len, parts[i].ptr, parts[i].len);
        len += parts[i].len;
    }
    return tm_bytes_of(out, len);
}

#define JOIN(...) \
    join_parts((const tm_bytes[]){__VA_ARGS__}, sizeof((const tm_bytes[]){__VA_ARGS__}) / sizeof(tm_bytes))

static inline tm_bytes der(uint8_t tag, tm_bytes content) {
    uint8_t head[4] = {tag, (uint8_t)content.len};
    size_t len = 2;
    if (content.len > 127) head[1] = 0x81, head[2] = (uint8_t)content.len, len = 3;
    if (content.len > 255) head[1] = 0x82, tm_store16_be(head + 2, (uint16_t)content.len), len = 4;
    return JOIN(tm_bytes_of(head, len), content);
}

#define SEQUENCE(...) der(TM_DER_SEQUENCE, JOIN(__VA_ARGS__))
#define OID(name) \
    der(TM_DER_OID, JOIN(tm_bytes_of(((const uint8_t[])TM_OID_##name), sizeof((const uint8_t[])TM_OID_##name))))

static inline tm_bytes nothing(void) {
    return tm_bytes_of(NULL, 0);
}

static inline tm_bytes der_bits(tm_bytes bytes) {
    return der(TM_DER_BIT_STRING, JOIN(hex("00"), bytes));
}

// An INTEGER of a magnitude with or without zeros in front.
static inline tm_bytes der_integer(tm_bytes magnitude) {
    while (magnitude.len > 1 && magnitude.ptr[0] == 0) magnitude = tm_bytes_of(magnitude.ptr + 1, magnitude.len - 1);
    return der(TM_DER_INTEGER, magnitude.ptr[0] >= 0x80 ? JOIN(hex("00"), magnitude) : magnitude);
}

#endif
