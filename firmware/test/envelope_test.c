// SPDX-License-Identifier: Apache-2.0
// The envelope's own form, edited head by head.
#include "envelope.h"

#include "fixture/fixture_world.h"
#include "tap.h"

static fixture_world world;
static fixture_buffer good, bad;

static tm_error scan(void) {
    const tm_source staged = tm_source_memory(tm_bytes_of(bad.bytes, bad.len));
    tm_envelope envelope;
    bool complete = false;
    const tm_error error = tm_envelope_scan(&staged, (uint32_t)bad.len, &envelope, &complete);
    return error == TM_OK && !complete ? TM_ERROR_INTERNAL : error;
}

static size_t find(const char *text) {
    for (size_t i = 0; i + strlen(text) <= good.len; i++) {
        if (memcmp(good.bytes + i, text, strlen(text)) == 0) return i;
    }
    abort();
}

// The good bundle with so many bytes at an offset replaced.
static void edit(size_t at, size_t remove, tm_bytes insert) {
    bad = good;
    memcpy(bad.bytes + at, insert.ptr, insert.len);
    memcpy(bad.bytes + at + insert.len, good.bytes + at + remove, good.len - at - remove);
    bad.len = good.len - remove + insert.len;
}

static void refused(size_t at, size_t remove, const char *insert, const char *title) {
    edit(at, remove, hex(insert));
    ok_error(scan(), TM_ERROR_ENVELOPE_MALFORMED, title);
}

static void large(void) {
    const size_t at = find("#chain") + 6;
    static uint8_t chain[40000];
    const uint32_t before = (uint32_t)at + 3;
    memset(chain, 0, sizeof chain);
    chain[0] = 0x59;
    tm_store16_be(chain + 1, (uint16_t)(TM_LIMIT_BUNDLE_STAGING_BYTES - before + 1));
    edit(at, 3u + tm_load16_be(good.bytes + at + 1),
         tm_bytes_of(chain, 3u + TM_LIMIT_BUNDLE_STAGING_BYTES - before + 1));
    ok_error(scan(), TM_ERROR_ENVELOPE_TOO_LARGE, "D10 a chain beyond the staging area");
    edit(4, 3, hex("59 0601"));
    bad.len = sizeof bad.bytes;
    ok_error(scan(), TM_ERROR_ENVELOPE_TOO_LARGE, "an authentication wrapper beyond its limit");
}

int main(void) {
    fixture_world_init(&world);
    fixture_bundle(&world, &good);
    const size_t chain = find("#chain");
    const size_t firmware = find("#firmware");
    bad = good;
    ok_error(scan(), TM_OK, "the good bundle");
    refused(0, 2, "", "no tag");
    refused(0, 2, "d86a", "another tag");
    refused(2, 1, "a5", "five pairs");
    refused(2, 1, "a3", "three pairs");
    refused(2, 1, "b804", "D20 a map head longer than needed");
    refused(2, 1, "bf", "D20 an indefinite map");
    refused(3, 1, "03", "manifest before authentication");
    refused(3, 1, "1802", "D20 a key longer than needed");
    refused(chain - 1, 1, "46", "a chain key of bytes");
    refused(chain - 1, 7, "68 23636861696e 0000", "D22 a chain key with zero bytes behind it");
    refused(chain, 6, "23436861696e", "another chain key");
    refused(firmware, 9, "236669726d77617265 00", "a byte behind the payload's key");
    refused(firmware - 1, 10, "6a 236669726d77617265 00", "D22 a payload key with a zero byte behind it");
    refused(firmware + 9, 1, "5b 7fffffff", "D22 a payload of 2^63 bytes");
    large();
    return done();
}
