// SPDX-License-Identifier: Apache-2.0
#include "wrap.h"

#include "hmac.h"
#include "tap.h"

static tm_error chip_hmac(void *ctx, tm_bytes message, uint8_t tag[32]) {
    tm_hmac(ctx, 32, message.ptr, message.len, tag);
    return TM_OK;
}

static tm_error no_key(void *ctx, tm_bytes message, uint8_t tag[32]) {
    (void)ctx, (void)message, (void)tag;
    return TM_ERROR_CHIP_KEY_ABSENT;
}

int main(void) {
    uint8_t key[32] = {1}, other_key[32] = {2}, secret[32] = {7, 7, 7}, got[32], wrapped[TM_WRAPPED_SIZE];
    static const uint8_t zero[32];
    const tm_chip_key chip = {chip_hmac, key}, other = {chip_hmac, other_key}, blank = {no_key, NULL};
    const tm_bytes id = text("chip id."), other_id = text("chip id,");

    ok(tm_wrap(&chip, id, secret, wrapped) == TM_OK && tm_unwrap(&chip, id, wrapped, got) == TM_OK &&
           memcmp(got, secret, 32) == 0,
       "what was wrapped unwraps");
    // As Python's hmac computes what wrap.h says.
    ok_bytes(wrapped,
             hex("363e2e4e44beeb95f64e1a9bf8ebc792abe2fed942d9b21380bb27e38ecb45ce"
                 "bf0dd252ae2e9c5afadbce4e9c0a8fc9602466cbf35d6f338cb199159abca30b"),
             "the bytes that the format says");
    ok(memcmp(wrapped + 32, secret, 32) != 0, "A2 the secret does not stand in the wrapped bytes");

    memset(got, 1, sizeof got);
    ok(tm_unwrap(&other, id, wrapped, got) == TM_ERROR_IDENTITY_FOREIGN && memcmp(got, zero, 32) == 0,
       "A5 another chip's key does not unwrap it, and nothing is left of the attempt");
    ok_error(tm_unwrap(&chip, other_id, wrapped, got), TM_ERROR_IDENTITY_FOREIGN, "A5 nor does another chip id");
    int accepted = 0;
    for (int bit = 0; bit < 8 * TM_WRAPPED_SIZE; bit++) {
        wrapped[bit / 8] ^= (uint8_t)(1 << bit % 8);
        accepted += tm_unwrap(&chip, id, wrapped, got) != TM_ERROR_IDENTITY_FOREIGN;
        wrapped[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    ok(accepted == 0, "D8 no flipped bit unwraps");

    ok_error(tm_wrap(&blank, id, secret, wrapped), TM_ERROR_CHIP_KEY_ABSENT, "without a chip key nothing is wrapped");
    memset(got, 1, sizeof got);
    ok(tm_unwrap(&blank, id, wrapped, got) == TM_ERROR_CHIP_KEY_ABSENT && memcmp(got, zero, 32) == 0,
       "without a chip key nothing is unwrapped");
    uint8_t longest_id[TM_WRAP_CONTEXT_MAX] = {0};
    ok(tm_wrap(&chip, tm_bytes_of(longest_id, sizeof longest_id), secret, wrapped) == TM_OK &&
           tm_unwrap(&chip, tm_bytes_of(longest_id, sizeof longest_id), wrapped, got) == TM_OK,
       "the longest context");
    ok_error(tm_wrap(&chip, tm_bytes_of(NULL, 0), secret, wrapped), TM_OK, "no context");
    uint8_t long_id[TM_WRAP_CONTEXT_MAX + 1] = {0};
    ok_error(tm_wrap(&chip, tm_bytes_of(long_id, sizeof long_id), secret, wrapped), TM_ERROR_INTERNAL,
             "a context too long is refused");
    return done();
}
