// SPDX-License-Identifier: Apache-2.0
// The patcher: honest deltas in pieces of every length, hostile ones refused without a byte too many.
#include "delta.h"

#include <stdlib.h>

#include "fixture/fixture_delta.h"
#include "tap.h"

enum { BASE = 3000, IMAGE = 3100 };

static uint8_t base[BASE], image[IMAGE], made[IMAGE];
static size_t made_len;
static fixture_buffer delta;
static tm_delta patcher;

static tm_error take(void *ctx, tm_bytes bytes) {
    (void)ctx;
    if (bytes.len > sizeof made - made_len) abort();
    memcpy(made + made_len, bytes.ptr, bytes.len);
    made_len += bytes.len;
    return TM_OK;
}

static tm_error apply(tm_bytes of, size_t piece, size_t size) {
    const tm_source source = tm_source_memory(of);
    made_len = 0;
    TM_TRY(tm_delta_check(delta.bytes, &source));
    tm_delta_begin(&patcher, &source, (uint32_t)(delta.len - TM_DELTA_HEADER_BYTES), (uint32_t)size, (tm_delta_sink){take, NULL});
    for (size_t at = TM_DELTA_HEADER_BYTES; at < delta.len; at += piece) {
        const size_t left = delta.len - at;
        TM_TRY(tm_delta_append(&patcher, tm_bytes_of(delta.bytes + at, left < piece ? left : piece)));
    }
    return tm_delta_finish(&patcher);
}

static tm_bytes whole(void) {
    return tm_bytes_of(base, sizeof base);
}

static void make(const fixture_change *changes, size_t count) {
    fixture_delta_of(whole(), tm_bytes_of(image, sizeof image), changes, count, &delta);
}

static void refused(const char *title, fixture_change first, fixture_change second) {
    const fixture_change changes[] = {first, second};
    make(changes, 2);
    ok_error(apply(whole(), 512, sizeof image), TM_ERROR_DELTA_MALFORMED, title);
    ok(made_len <= sizeof image, "and nothing beyond the image was made");
}

static void test_honest(void) {
    static const size_t pieces[] = {1, 2, 31, 32, 33, 63, 64, 65, 512, 8192};
    fixture_delta(whole(), tm_bytes_of(image, sizeof image), &delta);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        const bool same = apply(whole(), pieces[i], sizeof image) == TM_OK && made_len == sizeof image && memcmp(made, image, sizeof image) == 0;
        ok(same, "a delta in pieces of %zu bytes becomes the image", pieces[i]);
    }
    const fixture_change parts[] = {{0, 100, 0}, {1000, 0, 2 * 100}, {1, 0, 2 * 1101 - 1}, {1999, 0, 2 * (BASE - 1999)}};
    make(parts, 3);
    ok_error(apply(whole(), 512, sizeof image), TM_ERROR_DELTA_MALFORMED, "D7 changes that end before the image");
    make(parts, 4);
    ok_error(apply(whole(), 512, sizeof image), TM_ERROR_DELTA_MALFORMED, "D26 the last of them leaves the base");
    const fixture_change back[] = {{0, 100, 2 * BASE}, {BASE, 0, 2 * BASE - 1}};
    make(back, 2);
    ok(apply(whole(), 512, sizeof image) == TM_OK && memcmp(made, image, sizeof image) == 0, "to the base's end and back to its start");
}

static void test_bounds(void) {
    const fixture_change none = {0, 0, 0};
    refused("D26 a copy that begins behind the base", (fixture_change){0, 10, 2 * BASE + 2}, none);
    refused("D26 a copy that begins before the base", (fixture_change){10, 0, 1}, none);
    refused("D26 a copy that ends behind the base", (fixture_change){10, 0, 2 * (BASE - 9)}, none);
    refused("D26 a jump as far as numbers go", (fixture_change){1, 0, 0xffffff}, none);
    refused("D26 a jump back as far as numbers go", (fixture_change){1, 0, 0xfffffe}, none);
    refused("D6 a copy longer than the image", (fixture_change){IMAGE + 1, 0, 0}, none);
    refused("D6 more bytes of its own than the image has", (fixture_change){0, IMAGE + 1, 0}, none);
    refused("D6 a copy and bytes behind it, together too long", (fixture_change){100, IMAGE - 99, 0}, none);
    refused("D22 a number wider than 24 bits", (fixture_change){0x1000000, 0, 0}, none);
    refused("D22 the widest number", (fixture_change){0x7fffffff, 0, 0}, none);
    refused("D25 a change of nothing: work without end", none, none);
}

static void test_form(void) {
    fixture_delta(whole(), tm_bytes_of(image, sizeof image), &delta);
    const fixture_buffer honest = delta;
    uint32_t accepted = 0;
    for (size_t len = TM_DELTA_HEADER_BYTES; len < honest.len; len++) {
        delta.len = len;
        if (apply(whole(), 512, sizeof image) != TM_ERROR_DELTA_MALFORMED) accepted++;
    }
    ok(accepted == 0, "D7 a delta cut at each byte is malformed: %u of %zu were taken", accepted, honest.len);
    delta = honest;
    delta.bytes[delta.len++] = 0;
    ok_error(apply(whole(), 512, sizeof image), TM_ERROR_DELTA_MALFORMED, "a byte behind the delta");
    for (size_t i = 0; i < 65; i++) delta.bytes[delta.len++] = 0;
    ok_error(apply(whole(), 1, sizeof image), TM_ERROR_DELTA_MALFORMED, "many of them, one by one");
    delta = honest;
    delta.bytes[TM_DELTA_HEADER_BYTES] = 1;
    ok_error(apply(whole(), 512, sizeof image), TM_ERROR_DELTA_MALFORMED, "a stream that does not begin with zero");
    delta = honest;
    delta.bytes[delta.len - 1] ^= 1;
    ok_error(apply(whole(), 512, sizeof image), TM_ERROR_DELTA_MALFORMED, "a stream that ends elsewhere than its encoder");
    delta = honest;
    ok_error(apply(whole(), 512, sizeof image - 1), TM_ERROR_DELTA_MALFORMED, "a delta of a longer image");
}

static void test_base(void) {
    static uint8_t other[BASE];
    fixture_delta(whole(), tm_bytes_of(image, sizeof image), &delta);
    memcpy(other, base, sizeof base);
    uint32_t accepted = 0;
    for (size_t i = 0; i < sizeof base; i += 7) {
        other[i] ^= 0x10;
        if (apply(tm_bytes_of(other, sizeof other), 512, sizeof image) != TM_ERROR_DELTA_BASE_MISMATCH || made_len != 0) accepted++;
        other[i] ^= 0x10;
    }
    ok(accepted == 0, "D26 a base with another byte is refused before anything is made");
    ok_error(apply(tm_bytes_of(base, sizeof base - 1), 512, sizeof image), TM_ERROR_DELTA_BASE_MISMATCH, "D26 a shorter base");
    static const size_t form[] = {0, 3, TM_DELTA_HEADER_LAYOUT_OFFSET, TM_DELTA_HEADER_RESERVED_OFFSET, TM_DELTA_HEADER_RESERVED_OFFSET + 2};
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        delta.bytes[form[i]] ^= 1;
        ok(apply(whole(), 512, sizeof image) == TM_ERROR_DELTA_MALFORMED, "byte %zu of the header", form[i]);
        delta.bytes[form[i]] ^= 1;
    }
}

// 1000:1: all of the image from nearly nothing, and no more than the image.
static void test_bomb(void) {
    memset(image, 0, sizeof image);
    memset(base, 0, sizeof base);
    fixture_delta(whole(), tm_bytes_of(image, sizeof image), &delta);
    ok(delta.len < 110 && apply(whole(), 512, sizeof image) == TM_OK, "D25 %zu bytes become %d", delta.len, IMAGE);
    ok_error(apply(whole(), 512, sizeof image / 2), TM_ERROR_DELTA_MALFORMED, "D25 where half of them are signed, that is all that is made");
    ok(made_len <= sizeof image / 2, "D25 %zu", made_len);
}

int main(void) {
    for (size_t i = 0; i < sizeof base; i++) base[i] = (uint8_t)(i * i >> 3);
    for (size_t i = 0; i < sizeof image; i++) image[i] = (uint8_t)(i % 97 == 0 ? i : i < BASE ? base[i] : i * 7);
    test_honest();
    test_bounds();
    test_form();
    test_base();
    test_bomb();
    return done();
}
