// SPDX-License-Identifier: Apache-2.0
#include "drbg.h"

#include <string.h>

#include "hmac.h"

// K = HMAC(K, V . separator . data), V = HMAC(K, V)
static void mix(tm_drbg *drbg, uint8_t separator, const tm_bytes data[3]) {
    tm_hmac_state hmac;
    tm_hmac_init(&hmac, drbg->key, sizeof drbg->key);
    tm_hmac_update(&hmac, drbg->v, sizeof drbg->v);
    tm_hmac_update(&hmac, &separator, 1);
    for (int i = 0; i < 3; i++) tm_hmac_update(&hmac, data[i].ptr, data[i].len);
    tm_hmac_final(&hmac, drbg->key);
    tm_hmac(drbg->key, sizeof drbg->key, drbg->v, sizeof drbg->v, drbg->v);
}

// HMAC_DRBG_Update (section 10.1.2.2)
static void update(tm_drbg *drbg, tm_bytes first, tm_bytes second, tm_bytes third) {
    const tm_bytes data[3] = {first, second, third};
    mix(drbg, 0x00, data);
    if (first.len + second.len + third.len > 0) mix(drbg, 0x01, data);
}

static const tm_bytes NOTHING = {NULL, 0};

void tm_drbg_instantiate(tm_drbg *drbg, tm_bytes entropy, tm_bytes nonce, tm_bytes personalization) {
    memset(drbg->key, 0x00, sizeof drbg->key);
    memset(drbg->v, 0x01, sizeof drbg->v);
    update(drbg, entropy, nonce, personalization);
    drbg->requests = 1;
}

void tm_drbg_reseed(tm_drbg *drbg, tm_bytes entropy, tm_bytes additional) {
    update(drbg, entropy, additional, NOTHING);
    drbg->requests = 1;
}

tm_error tm_drbg_generate(tm_drbg *drbg, tm_bytes additional, void *out, size_t len) {
    uint8_t *next = (uint8_t *)out;
    if (drbg->requests == 0 || drbg->requests > TM_DRBG_RESEED_INTERVAL || len > TM_DRBG_MAX_REQUEST) {
        tm_wipe(out, len);
        return TM_ERROR_ENTROPY_FAILED;
    }
    if (additional.len > 0) update(drbg, additional, NOTHING, NOTHING);
    while (len > 0) {
        const size_t part = len < sizeof drbg->v ? len : sizeof drbg->v;
        tm_hmac(drbg->key, sizeof drbg->key, drbg->v, sizeof drbg->v, drbg->v);
        memcpy(next, drbg->v, part);
        next += part;
        len -= part;
    }
    update(drbg, additional, NOTHING, NOTHING);
    drbg->requests++;
    return TM_OK;
}

tm_error tm_drbg_seed(tm_drbg *drbg, tm_noise noise, void *ctx, tm_bytes personalization) {
    uint8_t samples[TM_DRBG_SEED];
    tm_wipe(drbg, sizeof *drbg);
    TM_TRY(tm_health_collect(noise, ctx, samples, sizeof samples));
    tm_drbg_instantiate(drbg, tm_bytes_of(samples, sizeof samples), NOTHING, personalization);
    tm_wipe(samples, sizeof samples);
    return TM_OK;
}
