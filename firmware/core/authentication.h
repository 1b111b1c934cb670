// SPDX-License-Identifier: Apache-2.0
// The SUIT authentication wrapper: the manifest's digest, and the signature over it.
#ifndef TM_AUTHENTICATION_H
#define TM_AUTHENTICATION_H

#include "cose.h"

// Views point into the encoded wrapper.
typedef struct {
    tm_bytes suit_digest;  // encoded: the payload that is signed
    uint8_t manifest_digest[32];
    tm_bytes cose;         // encoded COSE_Sign1
} tm_authentication;

// ENVELOPE_MALFORMED. Does not look into the COSE_Sign1.
tm_error tm_authentication_decode(tm_bytes encoded, tm_authentication *authentication);

#endif
