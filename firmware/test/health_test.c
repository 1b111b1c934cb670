// SPDX-License-Identifier: Apache-2.0
#include "health.h"

#include "tap.h"

// Marsaglia's xorshift: never a source of keys, good enough to look like noise here.
static uint32_t state = 2463534242u;

static uint8_t noise_byte(void) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return (uint8_t)(state >> 11);
}

typedef struct {
    int stuck_after;  // samples, then always the same
    int fail_after;   // samples, then an error
    int given;
} device;

static tm_error noise(void *ctx, uint8_t *buf, size_t len) {
    device *d = ctx;
    for (size_t i = 0; i < len; i++, d->given++) {
        if (d->given >= d->fail_after) return TM_ERROR_FLASH_WRITE;
        buf[i] = d->given >= d->stuck_after ? 0x5a : noise_byte();
    }
    return TM_OK;
}

static tm_error collect(int stuck_after, int fail_after, uint8_t out[64]) {
    device d = {stuck_after, fail_after, 0};
    memset(out, 1, 64);
    return tm_health_collect(noise, &d, out, 64);
}

int main(void) {
    tm_health health;
    tm_health_init(&health);
    tm_error verdict = TM_OK;
    for (int i = 0; i < 30; i++) verdict = tm_health_sample(&health, 0);
    ok_error(verdict, TM_OK, "30 zeros from the start may be chance");
    tm_health_init(&health);
    for (int i = 0; i < 30; i++) verdict = tm_health_sample(&health, 9);
    ok_error(verdict, TM_OK, "30 equal samples may be chance");
    ok_error(tm_health_sample(&health, 9), TM_ERROR_ENTROPY_FAILED, "A11 31 equal samples are a stuck source");
    ok_error(tm_health_sample(&health, 1), TM_ERROR_ENTROPY_FAILED, "A11 a failed source stays failed");

    tm_health_init(&health);
    verdict = TM_OK;
    int taken = 0;
    for (; taken < 100000 && verdict == TM_OK; taken++)
        verdict = tm_health_sample(&health, taken % 3 == 2 ? noise_byte() : 0);
    ok(taken < TM_HEALTH_WINDOW, "A11 a value in two samples of three is seen within a window");

    tm_health_init(&health);
    bool fine = true;
    for (int i = 0; i < TM_HEALTH_WINDOW; i++)
        fine = fine && tm_health_sample(&health, i % 30 != 29 && i < 335 ? 7 : (uint8_t)i) == TM_OK;
    ok(fine, "324 of 512 samples alike may be chance");
    tm_health_init(&health);
    fine = true;
    for (int i = 0; i < TM_HEALTH_WINDOW; i++)
        fine = fine && tm_health_sample(&health, i % 30 != 29 && i < 336 ? 7 : (uint8_t)i) == TM_OK;
    ok(!fine, "A11 325 of 512 are not");

    tm_health_init(&health);
    fine = true;
    for (int i = 0; i < 1000000; i++) fine = fine && tm_health_sample(&health, noise_byte()) == TM_OK;
    ok(fine, "a million samples of even noise pass");

    uint8_t out[64];
    static const uint8_t zero[64];
    ok(collect(1 << 30, 1 << 30, out) == TM_OK && memcmp(out, zero, 64) != 0, "a good source gives samples");
    ok(collect(0, 1 << 30, out) == TM_ERROR_ENTROPY_FAILED && memcmp(out, zero, 64) == 0,
       "A11 a stuck source gives nothing");
    ok(collect(TM_HEALTH_STARTUP + 20, 1 << 30, out) == TM_ERROR_ENTROPY_FAILED && memcmp(out, zero, 64) == 0,
       "A11 a source that sticks after the start-up test gives nothing");
    ok_error(collect(1 << 30, 100, out), TM_ERROR_ENTROPY_FAILED, "A11 a source that fails during the start-up test");
    ok(collect(1 << 30, TM_HEALTH_STARTUP + 63, out) == TM_ERROR_ENTROPY_FAILED && memcmp(out, zero, 64) == 0,
       "A11 a source that fails at the last sample gives nothing");
    return done();
}
