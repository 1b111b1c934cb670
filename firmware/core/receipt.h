// SPDX-License-Identifier: Apache-2.0
// A slot's receipt (protocol/flash.md): this chip's own statement that its gate, or lock, accepted what the head binds.
//
//     HMAC(chip key, TM_DOMAIN_RECEIPT . 0 . slot . first 96 bytes of the head . manifest digest)
#ifndef TM_RECEIPT_H
#define TM_RECEIPT_H

#include "wrap.h"

#define TM_RECEIPT_BYTES TM_SLOT_HEAD_RECEIPT_BYTES

tm_error tm_receipt_make(const tm_chip_key *chip, uint8_t slot, const uint8_t head[TM_SLOT_HEAD_BYTES],
                         const uint8_t manifest_digest[32], uint8_t receipt[TM_RECEIPT_BYTES]);

// RECEIPT_INVALID unless the head's own receipt is this chip's.
tm_error tm_receipt_check(const tm_chip_key *chip, uint8_t slot, const uint8_t head[TM_SLOT_HEAD_BYTES],
                          const uint8_t manifest_digest[32]);

#endif
