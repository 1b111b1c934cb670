// SPDX-License-Identifier: Apache-2.0
// A 32-byte secret at rest, wrapped by the chip's HMAC key (deterministic: the tag is the stream's nonce, as in SIV).
//
//     tag    = HMAC(chip key, TM_DOMAIN_KEY_WRAP_TAG . 0 . context . secret)
//     stream = HMAC(chip key, TM_DOMAIN_KEY_WRAP . 0 . context . tag)
//     wrapped = tag(32) . (secret xor stream)(32)
//
// On another chip the tag does not agree: a cloned flash holds no identity.
#ifndef TM_WRAP_H
#define TM_WRAP_H

#include "bytes.h"
#include "error.h"

#define TM_WRAPPED_SIZE 64
#define TM_WRAP_CONTEXT_MAX 64

// The port's chip key.
typedef struct {
    // HMAC-SHA-256 of message under a key that software cannot read.
    tm_error (*hmac)(void *ctx, tm_bytes message, uint8_t tag[32]);
    void *ctx;
} tm_chip_key;

// context: what the secret belongs to (the chip id); longer than TM_WRAP_CONTEXT_MAX is INTERNAL. Other errors: chip's.
tm_error tm_wrap(const tm_chip_key *chip, tm_bytes context, const uint8_t secret[32], uint8_t wrapped[TM_WRAPPED_SIZE]);

// IDENTITY_FOREIGN, and secret zeroed, if the tag does not agree.
tm_error tm_unwrap(const tm_chip_key *chip, tm_bytes context, const uint8_t wrapped[TM_WRAPPED_SIZE],
                   uint8_t secret[32]);

#endif
