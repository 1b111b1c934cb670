// SPDX-License-Identifier: Apache-2.0
#include "wrap.h"

#include <string.h>

#define LABEL_MAX 32u

// HMAC(chip key, label . 0 . context . block), label_size counting the zero byte.
static tm_error labelled_hmac(const tm_chip_key *chip, const char *label, size_t label_size, tm_bytes context,
                              const uint8_t block[32], uint8_t mac[32]) {
    uint8_t message[LABEL_MAX + TM_WRAP_CONTEXT_MAX + 32];
    if (label_size > LABEL_MAX || context.len > TM_WRAP_CONTEXT_MAX) return TM_ERROR_INTERNAL;
    const size_t len = label_size + context.len + 32;
    memcpy(message, label, label_size);
    if (context.len > 0) memcpy(message + label_size, context.ptr, context.len);
    memcpy(message + label_size + context.len, block, 32);
    const tm_error error = chip->hmac(chip->ctx, tm_bytes_of(message, len), mac);
    tm_wipe(message, sizeof message);
    return error;
}

static tm_error tag_of(const tm_chip_key *chip, tm_bytes context, const uint8_t secret[32], uint8_t tag[32]) {
    return labelled_hmac(chip, TM_DOMAIN_KEY_WRAP_TAG, sizeof TM_DOMAIN_KEY_WRAP_TAG, context, secret, tag);
}

static tm_error apply_stream(const tm_chip_key *chip, tm_bytes context, const uint8_t tag[32], const uint8_t from[32],
                             uint8_t to[32]) {
    uint8_t stream[32];
    TM_TRY(labelled_hmac(chip, TM_DOMAIN_KEY_WRAP, sizeof TM_DOMAIN_KEY_WRAP, context, tag, stream));
    for (int i = 0; i < 32; i++) to[i] = from[i] ^ stream[i];
    tm_wipe(stream, sizeof stream);
    return TM_OK;
}

tm_error tm_wrap(const tm_chip_key *chip, tm_bytes context, const uint8_t secret[32],
                 uint8_t wrapped[TM_WRAPPED_SIZE]) {
    TM_TRY(tag_of(chip, context, secret, wrapped));
    return apply_stream(chip, context, wrapped, secret, wrapped + 32);
}

static tm_error open_wrapped(const tm_chip_key *chip, tm_bytes context, const uint8_t wrapped[TM_WRAPPED_SIZE],
                             uint8_t secret[32]) {
    uint8_t tag[32];
    TM_TRY(apply_stream(chip, context, wrapped, wrapped + 32, secret));
    TM_TRY(tag_of(chip, context, secret, tag));
    return tm_equal(tag, wrapped, sizeof tag) ? TM_OK : TM_ERROR_IDENTITY_FOREIGN;
}

tm_error tm_unwrap(const tm_chip_key *chip, tm_bytes context, const uint8_t wrapped[TM_WRAPPED_SIZE],
                   uint8_t secret[32]) {
    const tm_error error = open_wrapped(chip, context, wrapped, secret);
    if (error != TM_OK) tm_wipe(secret, 32);
    return error;
}
