// SPDX-License-Identifier: Apache-2.0
#include "receipt.h"

#include <string.h>

#define DOMAIN_BYTES sizeof TM_DOMAIN_RECEIPT  // its zero byte included
#define BOUND_BYTES TM_SLOT_HEAD_RECEIPT_OFFSET

tm_error tm_receipt_make(const tm_chip_key *chip, uint8_t slot, const uint8_t head[TM_SLOT_HEAD_BYTES],
                         const uint8_t manifest_digest[32], uint8_t receipt[TM_RECEIPT_BYTES]) {
    uint8_t message[DOMAIN_BYTES + 1 + BOUND_BYTES + 32];
    memcpy(message, TM_DOMAIN_RECEIPT, DOMAIN_BYTES);
    message[DOMAIN_BYTES] = slot;
    memcpy(message + DOMAIN_BYTES + 1, head, BOUND_BYTES);
    memcpy(message + DOMAIN_BYTES + 1 + BOUND_BYTES, manifest_digest, 32);
    return chip->hmac(chip->ctx, tm_bytes_of(message, sizeof message), receipt);
}

tm_error tm_receipt_check(const tm_chip_key *chip, uint8_t slot, const uint8_t head[TM_SLOT_HEAD_BYTES],
                          const uint8_t manifest_digest[32]) {
    uint8_t receipt[TM_RECEIPT_BYTES];
    TM_TRY(tm_receipt_make(chip, slot, head, manifest_digest, receipt));
    return tm_equal(receipt, head + TM_SLOT_HEAD_RECEIPT_OFFSET, sizeof receipt) ? TM_OK : TM_ERROR_RECEIPT_INVALID;
}
