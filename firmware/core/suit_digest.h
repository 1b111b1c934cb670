// SPDX-License-Identifier: Apache-2.0
// SUIT_Digest: [ -16, SHA-256 ], always 36 bytes.
#ifndef TM_SUIT_DIGEST_H
#define TM_SUIT_DIGEST_H

#include "bytes.h"
#include "error.h"

#define TM_SUIT_DIGEST_BYTES 36u

// CBOR_*, MESSAGE_FIELD.
tm_error tm_suit_digest_decode(tm_bytes encoded, uint8_t digest[32]);

#endif
