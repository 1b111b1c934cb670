// SPDX-License-Identifier: Apache-2.0
#include "keccak.h"
#include "sha256.h"
#include "source_hash.h"
#include "tap.h"

static tm_error dead(const tm_source *source, uint32_t off, void *buf, size_t len) {
    (void)source, (void)off, (void)buf, (void)len;
    return TM_ERROR_FLASH_WRITE;
}

int main(void) {
    const tm_source whole = tm_source_memory(text("0123456789"));
    tm_source part, inner;
    char buf[11] = {0};

    ok(tm_source_read(&whole, 3, buf, 4) == TM_OK && memcmp(buf, "3456", 4) == 0, "a window is read");
    ok_error(tm_source_read(&whole, 10, buf, 0), TM_OK, "nothing at the end is read");
    ok_error(tm_source_read(&whole, 10, buf, 1), TM_ERROR_INTERNAL, "one byte behind the end is refused");
    ok_error(tm_source_read(&whole, 8, buf, 3), TM_ERROR_INTERNAL, "a window across the end is refused");
    ok_error(tm_source_read(&whole, 0xffffffffu, buf, 2), TM_ERROR_INTERNAL,
             "D22 offset and length that wrap are refused");
    ok_error(tm_source_read(&whole, 1, buf, SIZE_MAX), TM_ERROR_INTERNAL, "D22 a length that wraps is refused");

    ok(tm_source_slice(&whole, 2, 6, &part) == TM_OK && tm_source_slice(&part, 1, 3, &inner) == TM_OK &&
           tm_source_read(&inner, 0, buf, 3) == TM_OK && memcmp(buf, "345", 3) == 0,
       "a slice of a slice");
    ok_error(tm_source_read(&inner, 1, buf, 3), TM_ERROR_INTERNAL, "a slice ends where it ends");
    ok_error(tm_source_slice(&part, 4, 3, &inner), TM_ERROR_INTERNAL, "a slice across the end is refused");
    ok_error(tm_source_slice(&part, 7, 0xffffffffu, &inner), TM_ERROR_INTERNAL, "D22 a slice that wraps is refused");

    uint8_t bytes[300], expected[32], digest[32];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)i;
    bool same = true;
    for (size_t len = 0; len <= sizeof bytes; len++) {
        const tm_source source = tm_source_memory(tm_bytes_of(bytes, len));
        tm_sha256(bytes, len, expected);
        same = same && tm_sha256_source(&source, digest) == TM_OK && memcmp(digest, expected, 32) == 0;
        tm_keccak256(bytes, len, expected);
        same = same && tm_keccak256_source(&source, digest) == TM_OK && memcmp(digest, expected, 32) == 0;
    }
    ok(same, "hashes through windows equal hashes of the whole, 0 to 300 bytes");

    const tm_source broken = {.read = dead, .len = 1};
    ok_error(tm_sha256_source(&broken, digest), TM_ERROR_FLASH_WRITE, "an error of the source comes through");
    ok_error(tm_keccak256_source(&broken, digest), TM_ERROR_FLASH_WRITE, "an error of the source comes through Keccak");
    return done();
}
