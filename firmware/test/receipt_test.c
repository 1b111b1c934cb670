// SPDX-License-Identifier: Apache-2.0
#include "receipt.h"

#include "hmac.h"
#include "tap.h"

static uint8_t key[32] = "FAKE chip key";

static tm_error hmac(void *ctx, tm_bytes message, uint8_t tag[32]) {
    tm_hmac(ctx, 32, message.ptr, message.len, tag);
    return TM_OK;
}

int main(void) {
    const tm_chip_key chip = {hmac, key};
    uint8_t other_key[32] = "FAKE other key";
    const tm_chip_key other = {hmac, other_key};
    uint8_t head[TM_SLOT_HEAD_BYTES];
    uint8_t digest[32];
    uint8_t message[sizeof TM_DOMAIN_RECEIPT + 1 + 96 + 32];
    uint8_t expected[32];
    for (size_t i = 0; i < sizeof head; i++) head[i] = (uint8_t)i;
    memset(digest, 0xdd, sizeof digest);
    ok_error(tm_receipt_make(&chip, 1, head, digest, head + TM_SLOT_HEAD_RECEIPT_OFFSET), TM_OK, "a receipt");
    memcpy(message, TM_DOMAIN_RECEIPT, sizeof TM_DOMAIN_RECEIPT);
    message[sizeof TM_DOMAIN_RECEIPT] = 1;
    memcpy(message + sizeof TM_DOMAIN_RECEIPT + 1, head, 96);
    memcpy(message + sizeof TM_DOMAIN_RECEIPT + 97, digest, 32);
    tm_hmac(key, sizeof key, message, sizeof message, expected);
    ok_bytes(head + TM_SLOT_HEAD_RECEIPT_OFFSET, tm_bytes_of(expected, 32), "is protocol/flash.md's HMAC");
    ok_error(tm_receipt_check(&chip, 1, head, digest), TM_OK, "holds");
    ok_error(tm_receipt_check(&chip, 0, head, digest), TM_ERROR_RECEIPT_INVALID, "not for the other slot");
    ok_error(tm_receipt_check(&other, 1, head, digest), TM_ERROR_RECEIPT_INVALID, "A5 not for another chip");
    uint32_t accepted = 0;
    for (size_t bit = 0; bit < 8 * sizeof head; bit++) {
        head[bit / 8] ^= (uint8_t)(1u << bit % 8);
        accepted += tm_receipt_check(&chip, 1, head, digest) == TM_OK;
        head[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t bit = 0; bit < 8 * sizeof digest; bit++) {
        digest[bit / 8] ^= (uint8_t)(1u << bit % 8);
        accepted += tm_receipt_check(&chip, 1, head, digest) == TM_OK;
        digest[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    ok(accepted == 0, "D8 not with any bit of head, receipt or digest flipped");
    return done();
}
