// SPDX-License-Identifier: Apache-2.0
// HMAC_DRBG with SHA-256 (NIST SP 800-90A section 10.1.2).
#ifndef TM_DRBG_H
#define TM_DRBG_H

#include "bytes.h"
#include "error.h"
#include "health.h"

#define TM_DRBG_RESEED_INTERVAL 0x10000u  // requests; the standard allows 2^48
#define TM_DRBG_MAX_REQUEST 65536u        // bytes (table 2)
#define TM_DRBG_SEED 512u                 // raw samples at 1 bit each: 256 bits and 256 more for the nonce

typedef struct {
    uint8_t key[32];
    uint8_t v[32];
    uint32_t requests;  // since the seed, from 1; 0 = not seeded
} tm_drbg;

// seed = entropy, nonce and personalization, in this order.
void tm_drbg_instantiate(tm_drbg *drbg, tm_bytes entropy, tm_bytes nonce, tm_bytes personalization);
void tm_drbg_reseed(tm_drbg *drbg, tm_bytes entropy, tm_bytes additional);

// ENTROPY_FAILED if not seeded or a reseed is due; out is then wiped.
tm_error tm_drbg_generate(tm_drbg *drbg, tm_bytes additional, void *out, size_t len);

// Instantiates from health-tested noise. On failure the state is wiped and generates nothing.
tm_error tm_drbg_seed(tm_drbg *drbg, tm_noise noise, void *ctx, tm_bytes personalization);

#endif
