// SPDX-License-Identifier: Apache-2.0
// Continuous health tests of a noise source (NIST SP 800-90B section 4.4): repetition count and adaptive proportion,
// over 8-bit samples that are claimed to hold at least 1 bit of min-entropy each, false alarms at most 2^-30.
#ifndef TM_HEALTH_H
#define TM_HEALTH_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

#define TM_HEALTH_WINDOW 512             // samples (section 4.4.2, non-binary)
#define TM_HEALTH_REPETITION_CUTOFF 31   // 1 + 30 / 1
#define TM_HEALTH_PROPORTION_CUTOFF 325  // 1 + critical binomial(512, 2^-1, 1 - 2^-30)
#define TM_HEALTH_STARTUP 1024           // samples to discard before the first use (section 4.3)

typedef struct {
    uint8_t last;
    uint8_t reference;
    uint16_t repetitions;  // of last, in a row; 0 before the first sample
    uint16_t seen;         // samples in this window
    uint16_t matches;      // of reference in this window
    tm_error verdict;      // stays ENTROPY_FAILED once it is
} tm_health;

void tm_health_init(tm_health *health);
tm_error tm_health_sample(tm_health *health, uint8_t sample);

// Raw noise, len bytes. Anything but TM_OK is a dead source.
typedef tm_error (*tm_noise)(void *ctx, uint8_t *buf, size_t len);

// Start-up test, then out filled with tested raw samples. out is wiped on failure.
tm_error tm_health_collect(tm_noise noise, void *ctx, uint8_t *out, size_t len);

#endif
