// SPDX-License-Identifier: Apache-2.0
// Who signed a trust statement, and whether they suffice: two of k old witnesses, old root, r recovery keys; and the new
// root exactly where the root changes. Recovery keys so replace a lost quorum or a lost root, never both at once: beside
// the root alone they change no root, beside a quorum alone no witnesses.
#ifndef TM_TRUST_SIGNATURES_H
#define TM_TRUST_SIGNATURES_H

#include "trust_statement.h"

typedef struct {
    uint64_t role;  // TM_CHAIN_SIGNATURE_ROLE_...
    uint64_t index;
    uint8_t signature[64];
} tm_trust_signature;

typedef struct {
    const tm_trust_statement *statement;
    const tm_trust *old;
    const tm_trust *new;
    bool root_changes;
    uint8_t root_key[33];
    uint8_t new_root_key[33];  // where root_changes
} tm_trust_change;

// CBOR_*, MESSAGE_FIELD.
tm_error tm_trust_signature_read(tm_cbor_walk *walk, tm_trust_signature *signature);

// Roles and indexes known and ascending. TRUST_STATEMENT_MALFORMED.
tm_error tm_trust_signatures_form(const tm_source *chain, const tm_trust_change *change);

// Every listed signature verifies, twice on separately parsed inputs, and they suffice. TRUST_SIGNATURES,
// SIGNATURE_HIGH_S.
tm_error tm_trust_signatures_check(const tm_source *chain, const tm_trust_change *change);

void tm_trust_statement_digest(const tm_trust_change *change, uint8_t digest[32]);

#endif
