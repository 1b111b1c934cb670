// SPDX-License-Identifier: Apache-2.0
// What a unit says of itself: an Entity Attestation Token (RFC 9711) in COSE_Sign1, in the one profile of
// protocol/attestation.md. Only built here; the host judges it.
#ifndef TM_ATTESTATION_H
#define TM_ATTESTATION_H

#include <stdbool.h>

#include "bytes.h"
#include "error.h"

#define TM_ATTESTATION_CLAIMS_BYTES 640u  // longest version and model: about 480
#define TM_ATTESTATION_PROTECTED_BYTES 64u

typedef struct {
    uint8_t nonce[32];              // the asker's
    uint8_t chip_id[8];
    uint8_t public_key[33];
    uint8_t vendor_id[16];
    tm_bytes hardware_model;        // at most TM_LIMIT_HARDWARE_MODEL_BYTES
    const char *version;            // of the running release
    uint8_t manifest_digest[32];    // what runs
    uint8_t image_digest[32];
    uint32_t security_version;
    uint32_t slot;
    uint32_t boot;                  // TM_EAT_BOOT_...
    uint32_t life;                  // TM_LIFE_...
    bool debug_closed;              // the port's fuse plan reads back whole
    uint8_t trust_hash[32];
    uint64_t floor_number;
    uint64_t floor_timestamp;       // unix seconds
    uint32_t rollback;
    uint32_t claims;                // signatures given, never fewer
    uint32_t pairs;
} tm_attestation;

// Type byte and SHA-256 over domain, chip id and public key (RFC 9711 section 4.2.1, RAND).
void tm_attestation_ueid(const uint8_t chip_id[8], const uint8_t public_key[33], uint8_t ueid[33]);

// The claims set. MESSAGE_TOO_LARGE.
tm_error tm_attestation_claims(const tm_attestation *attestation, uint8_t buf[TM_ATTESTATION_CLAIMS_BYTES],
                               tm_bytes *claims);

// The protected header, which names the certificate of the key that signs. MESSAGE_TOO_LARGE.
tm_error tm_attestation_protected(const uint8_t certificate_hash[32], uint8_t buf[TM_ATTESTATION_PROTECTED_BYTES],
                                  tm_bytes *header);

#endif
