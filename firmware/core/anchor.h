// SPDX-License-Identifier: Apache-2.0
// The trust anchor: the trust block with its floor, and the root certificate that its rootHash names.
#ifndef TM_ANCHOR_H
#define TM_ANCHOR_H

#include "trust_block.h"
#include "x509.h"

typedef struct {
    tm_trust trust;
    uint16_t root_len;  // 0: no root yet
    uint8_t root[TM_LIMIT_CERTIFICATE_BYTES];  // DER
} tm_anchor;

// The pinned root, parsed; views point into anchor. TRUST_INCOMPLETE; ROOT_MISMATCH unless it hashes to rootHash;
// DER_MALFORMED, CERT_*.
tm_error tm_anchor_root(const tm_anchor *anchor, tm_certificate *root);

// Whether a certificate is a root of this manufacturer and chain, signed by itself (checked twice on separately parsed
// inputs). DER_MALFORMED, CERT_*, SIGNATURE_*.
tm_error tm_anchor_check_root(tm_bytes der, uint64_t chain_id, uint64_t manufacturer_id);

#endif
