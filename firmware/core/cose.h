// SPDX-License-Identifier: Apache-2.0
// COSE_Sign1 (RFC 9052) in one profile: tagged, ES256K and a leaf certificate (x5chain, RFC 9360) protected, nothing
// unprotected, payload detached.
#ifndef TM_COSE_H
#define TM_COSE_H

#include "bytes.h"
#include "error.h"

// Views point into the encoded structure.
typedef struct {
    tm_bytes protected_header;  // encoded map
    tm_bytes certificate;       // DER
    uint8_t signature[64];      // r, s
} tm_cose_sign1;

// COSE_MALFORMED; COSE_ALGORITHM where a protected map does not begin with ES256K as its algorithm.
tm_error tm_cose_decode(tm_bytes encoded, tm_cose_sign1 *cose);

// SHA-256 of Sig_structure with an empty external_aad.
tm_error tm_cose_digest(const tm_cose_sign1 *cose, tm_bytes payload, uint8_t digest[32]);

// COSE_SIGNATURE, SIGNATURE_HIGH_S.
tm_error tm_cose_verify(const tm_cose_sign1 *cose, tm_bytes payload, const uint8_t public_key[33]);

#endif
