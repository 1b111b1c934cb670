// SPDX-License-Identifier: Apache-2.0
#include "health.h"

#include "bytes.h"

void tm_health_init(tm_health *health) {
    *health = (tm_health){.verdict = TM_OK};
}

static bool repetition_holds(tm_health *health, uint8_t sample) {
    if (sample == health->last) {
        health->repetitions++;
    } else {
        health->last = sample;
        health->repetitions = 1;
    }
    return health->repetitions < TM_HEALTH_REPETITION_CUTOFF;
}

static bool proportion_holds(tm_health *health, uint8_t sample) {
    if (health->seen == 0) {
        health->reference = sample;
        health->matches = 0;
    }
    if (sample == health->reference) health->matches++;
    health->seen = (uint16_t)((health->seen + 1u) % TM_HEALTH_WINDOW);
    return health->matches < TM_HEALTH_PROPORTION_CUTOFF;
}

tm_error tm_health_sample(tm_health *health, uint8_t sample) {
    const bool repetition = repetition_holds(health, sample);
    const bool proportion = proportion_holds(health, sample);
    if (!repetition || !proportion) health->verdict = TM_ERROR_ENTROPY_FAILED;
    return health->verdict;
}

static tm_error test_startup(tm_health *health, tm_noise noise, void *ctx) {
    uint8_t samples[32];
    for (int done = 0; done < TM_HEALTH_STARTUP; done += (int)sizeof samples) {
        TM_TRY(noise(ctx, samples, sizeof samples));
        for (size_t i = 0; i < sizeof samples; i++) TM_TRY(tm_health_sample(health, samples[i]));
    }
    return TM_OK;
}

static tm_error collect(tm_noise noise, void *ctx, uint8_t *out, size_t len) {
    tm_health health;
    tm_health_init(&health);
    TM_TRY(test_startup(&health, noise, ctx));
    TM_TRY(noise(ctx, out, len));
    for (size_t i = 0; i < len; i++) TM_TRY(tm_health_sample(&health, out[i]));
    return health.verdict;
}

tm_error tm_health_collect(tm_noise noise, void *ctx, uint8_t *out, size_t len) {
    const tm_error error = collect(noise, ctx, out, len);
    if (error == TM_OK) return TM_OK;
    tm_wipe(out, len);
    return TM_ERROR_ENTROPY_FAILED;
}
