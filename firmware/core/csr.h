// SPDX-License-Identifier: Apache-2.0
// The unit's certification request (protocol/certificates.md): one DER template whose four values are filled in.
#ifndef TM_CSR_H
#define TM_CSR_H

#include "bytes.h"
#include "error.h"

typedef struct {
    uint8_t chip_id[8];
    uint8_t public_key[33];
    uint8_t nonce[32];            // the session's
    uint8_t firmware_digest[32];  // the running release's manifest digest
} tm_csr_body;

// CertificationRequestInfo, and with it the SHA-256 that the device key signs.
#define TM_CSR_INFO_BYTES 249u
tm_error tm_csr_info(const tm_csr_body *body, uint8_t info[TM_CSR_INFO_BYTES], uint8_t digest[32]);

// The whole request, at most TM_LIMIT_CSR_BYTES.
tm_bytes tm_csr_encode(const uint8_t info[TM_CSR_INFO_BYTES], const uint8_t signature[64],
                       uint8_t csr[TM_LIMIT_CSR_BYTES]);

#endif
