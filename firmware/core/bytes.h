// SPDX-License-Identifier: Apache-2.0
// Bytes in memory: a borrowed view, explicit loads and stores (never a cast), and comparison in constant time.
#ifndef TM_BYTES_H
#define TM_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const uint8_t *ptr;
    size_t len;
} tm_bytes;

static inline tm_bytes tm_bytes_of(const void *ptr, size_t len) {
    return (tm_bytes){(const uint8_t *)ptr, len};
}

static inline uint16_t tm_load16_be(const uint8_t *p) {
    return (uint16_t)((uint32_t)p[0] << 8 | p[1]);
}

static inline uint32_t tm_load32_be(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t tm_load48_be(const uint8_t *p) {
    return (uint64_t)tm_load16_be(p) << 32 | tm_load32_be(p + 2);
}

static inline uint64_t tm_load64_be(const uint8_t *p) {
    return (uint64_t)tm_load32_be(p) << 32 | tm_load32_be(p + 4);
}

static inline uint16_t tm_load16_le(const uint8_t *p) {
    return (uint16_t)((uint32_t)p[1] << 8 | p[0]);
}

static inline uint32_t tm_load32_le(const uint8_t *p) {
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static inline uint64_t tm_load64_le(const uint8_t *p) {
    return (uint64_t)tm_load32_le(p + 4) << 32 | tm_load32_le(p);
}

static inline void tm_store16_be(uint8_t *p, uint16_t v) {
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

static inline void tm_store32_be(uint8_t *p, uint32_t v) {
    tm_store16_be(p, (uint16_t)(v >> 16));
    tm_store16_be(p + 2, (uint16_t)v);
}

static inline void tm_store64_be(uint8_t *p, uint64_t v) {
    tm_store32_be(p, (uint32_t)(v >> 32));
    tm_store32_be(p + 4, (uint32_t)v);
}

static inline void tm_store16_le(uint8_t *p, uint16_t v) {
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

static inline void tm_store32_le(uint8_t *p, uint32_t v) {
    tm_store16_le(p, (uint16_t)v);
    tm_store16_le(p + 2, (uint16_t)(v >> 16));
}

static inline void tm_store64_le(uint8_t *p, uint64_t v) {
    tm_store32_le(p, (uint32_t)v);
    tm_store32_le(p + 4, (uint32_t)(v >> 32));
}

// Time depends on len only.
bool tm_equal(const void *a, const void *b, size_t len);

bool tm_bytes_equal(tm_bytes a, tm_bytes b);

// Orders as memcmp does, a prefix before the longer string: RFC 8949 section 4.2.1's order of map keys.
int tm_bytes_compare(tm_bytes a, tm_bytes b);

// Zeros memory in a way that the compiler may not leave out.
void tm_wipe(void *p, size_t len);

#endif
