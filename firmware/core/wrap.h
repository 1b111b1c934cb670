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

// HMAC-SHA-256 over the parts in a row, under a key that software cannot read: port_chip_hmac.
typedef tm_error (*tm_chip_hmac)(const tm_bytes *parts, size_t count, uint8_t mac[32]);

// context: what the secret belongs to (the chip id). Errors: what chip returns.
tm_error tm_wrap(tm_chip_hmac chip, tm_bytes context, const uint8_t secret[32], uint8_t wrapped[TM_WRAPPED_SIZE]);

// IDENTITY_FOREIGN, and secret zeroed, if the tag does not agree.
tm_error tm_unwrap(tm_chip_hmac chip, tm_bytes context, const uint8_t wrapped[TM_WRAPPED_SIZE], uint8_t secret[32]);

#endif
