// SPDX-License-Identifier: Apache-2.0
// Test Anything Protocol, and the few things every test needs.
#ifndef TM_TAP_H
#define TM_TAP_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "error.h"

static int tap_count, tap_failures;

// What tests allocate lives until they end; core has no heap to leak from.
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
    return "detect_leaks=0";
}

__attribute__((format(printf, 2, 3))) static inline bool ok(bool passed, const char *title, ...) {
    va_list arguments;
    va_start(arguments, title);
    printf("%sok %d - ", passed ? "" : "not ", ++tap_count);
    vprintf(title, arguments);
    printf("\n");
    va_end(arguments);
    if (!passed) tap_failures++;
    return passed;
}

// The error by name, so that a failure says what came instead.
static inline bool ok_error(tm_error got, tm_error expected, const char *title) {
    if (got != expected) printf("# expected %s, got %s\n", tm_error_name(expected), tm_error_name(got));
    return ok(got == expected, "%s", title);
}

static inline bool ok_bytes(const void *got, tm_bytes expected, const char *title) {
    return ok(memcmp(got, expected.ptr, expected.len) == 0, "%s", title);
}

static inline void skip(const char *title, const char *reason) {
    printf("ok %d - %s # SKIP %s\n", ++tap_count, title, reason);
}

static inline int done(void) {
    printf("1..%d\n", tap_count);
    return tap_failures == 0 ? 0 : 1;
}

static inline int hex_digit(char c) {
    const char *digits = "0123456789abcdef";
    const char *at = strchr(digits, c | 0x20);
    return c != '\0' && at != NULL ? (int)(at - digits) : -1;
}

// Bytes of hexadecimal text, spaces allowed. Each on its own heap block, so that the sanitizers see every overrun; they
// live until the program ends.
static inline tm_bytes hex(const char *text) {
    uint8_t *bytes = malloc(strlen(text) / 2 + 1);
    size_t digits = 0;
    int high = 0;
    for (const char *at = text; *at != '\0'; at++) {
        const int digit = hex_digit(*at);
        if (digit < 0) continue;
        if (digits++ % 2 == 0) high = digit;
        else bytes[digits / 2 - 1] = (uint8_t)(high << 4 | digit);
    }
    // Nothing has no byte to read either: its view stands at the end of its block.
    if (digits == 0) return tm_bytes_of((uint8_t *)realloc(bytes, 1) + 1, 0);
    return tm_bytes_of(realloc(bytes, digits / 2), digits / 2);
}

static inline tm_bytes text(const char *text) {
    return tm_bytes_of(text, strlen(text));
}

#endif
