// SPDX-License-Identifier: Apache-2.0
// ECDSA over secp256k1, by libsecp256k1 without heap or context state. Signatures are r, s, 32 bytes each, big-endian,
// low-S only, in both directions. Public keys are compressed.
#ifndef TM_ECDSA_H
#define TM_ECDSA_H

#include "bytes.h"
#include "error.h"

// SIGNATURE_INVALID, SIGNATURE_HIGH_S, SIGNATURE_RANGE (r or s 0 or not below the order), PUBLIC_KEY_INVALID.
tm_error tm_ecdsa_verify(const uint8_t digest[32], const uint8_t signature[64], const uint8_t public_key[33]);

// Nonce by RFC 6979, with 32 bytes of extra entropy (NULL: without). INTERNAL if secret is 0 or not below the order.
tm_error tm_ecdsa_sign(const uint8_t secret[32], const uint8_t digest[32], const uint8_t *extra32,
                       uint8_t signature[64]);

// The same with Ethereum's v (27 or 28) behind it.
tm_error tm_ecdsa_sign_recoverable(const uint8_t secret[32], const uint8_t digest[32], const uint8_t *extra32,
                                   uint8_t signature[65]);

// INTERNAL if secret is 0 or not below the group order.
tm_error tm_public_key(const uint8_t secret[32], uint8_t public_key[33]);

// x and y, 32 bytes each. PUBLIC_KEY_INVALID if no point has this x.
tm_error tm_public_key_expand(const uint8_t public_key[33], uint8_t xy[64]);

// From a SEC 1 point, 33 or 65 bytes, not hybrid, on the curve.
tm_error tm_public_key_from_point(tm_bytes point, uint8_t public_key[33]);

// Ethereum address: the last 20 bytes of Keccak-256 over x and y.
tm_error tm_address(const uint8_t public_key[33], uint8_t address[20]);

// Ecdsa-Sig-Value (RFC 3279): DER_MALFORMED; SIGNATURE_RANGE for what is negative or does not fit 32 bytes. The rest of
// the range, and high s, are tm_ecdsa_verify's.
tm_error tm_ecdsa_signature_from_der(tm_bytes der, uint8_t signature[64]);

#endif
