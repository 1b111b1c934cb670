// SPDX-License-Identifier: Apache-2.0
#include "ethereum_uri.h"

static const char PREFIX[] = "ethereum:0x";
#define PREFIX_LEN (sizeof PREFIX - 1)
#define ADDRESS_DIGITS 40u

static int hex_digit(uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

static bool read_address(const uint8_t *digits, uint8_t address[20]) {
    for (uint32_t i = 0; i < ADDRESS_DIGITS; i += 2) {
        const int high = hex_digit(digits[i]);
        const int low = hex_digit(digits[i + 1]);
        if (high < 0 || low < 0) return false;
        address[i / 2] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static bool read_decimal(tm_bytes digits, uint64_t *value) {
    if (digits.len == 0 || digits.len > 20 || digits.ptr[0] == '0') return false;
    *value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        const uint32_t digit = digits.ptr[i] - (uint32_t)'0';
        // Constants alone are divided: a 64-bit division would bring 1 KiB of library into the bootloader.
        if (digit > 9 || *value > UINT64_MAX / 10) return false;
        if (*value == UINT64_MAX / 10 && digit > UINT64_MAX % 10) return false;
        *value = *value * 10 + digit;
    }
    return true;
}

bool tm_ethereum_uri_read(tm_bytes uri, uint8_t address[20], uint64_t *chain_id) {
    const size_t at = PREFIX_LEN + ADDRESS_DIGITS;
    if (uri.len <= at || !tm_equal(uri.ptr, PREFIX, PREFIX_LEN) || uri.ptr[at] != '@') return false;
    return read_address(uri.ptr + PREFIX_LEN, address) &&
           read_decimal(tm_bytes_of(uri.ptr + at + 1, uri.len - at - 1), chain_id);
}
