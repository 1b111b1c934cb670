// SPDX-License-Identifier: Apache-2.0
// The unit, as the decisions see it: what it trusts and runs. Decisions read it and never change it.
#ifndef TM_UNIT_H
#define TM_UNIT_H

#include "anchor.h"

typedef struct {
    const tm_anchor *anchor;
    uint32_t rollback;                  // lowest security version that may be installed
    uint64_t running_sequence;
    uint32_t running_security_version;
    const uint8_t *running_digest;      // 32 bytes: manifest digest of the running slot
    const uint8_t *challenge;           // 32 bytes: the one outstanding; NULL: none
    uint32_t slot_bytes;                // room for an image
} tm_unit;

// Stores what a proof moved (trust, floor) before anything is judged. Called only if something moved.
typedef struct {
    tm_error (*store)(void *ctx, const tm_anchor *anchor);
    void *ctx;
} tm_anchor_store;

#endif
