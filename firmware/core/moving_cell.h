// SPDX-License-Identifier: Apache-2.0
// The moving cells (protocol/flash.md): what a unit with a root trusts and has seen. Sealed by the chip key. Behind the
// cell header, integers big-endian:
//
//     trust block(512) . rollback counter(4) . claims(4) . pairs(4) . length of the root certificate(2) . reserved(2)
//     . root certificate(1024)
#ifndef TM_MOVING_CELL_H
#define TM_MOVING_CELL_H

#include "anchor.h"
#include "cell.h"

typedef struct {
    tm_anchor anchor;
    uint32_t rollback;  // lowest security version that may be installed; never falls
    uint32_t claims;    // signatures given; never fall
    uint32_t pairs;
} tm_moving;

// IDENTITY_ABSENT without a whole cell of this chip; TRUST_BLOCK_MALFORMED.
tm_error tm_moving_load(tm_moving *moving, tm_cell_newest *newest);

// Reads back. newest is from the last load or store.
tm_error tm_moving_store(const tm_moving *moving, tm_cell_newest *newest);

// The rollback counter alone, for the bootloader: of the newest whole cell, and at least what one-time memory mirrors.
uint32_t tm_moving_rollback(void);

// The trust block that release factory wrote where the first cell will be. TRUST_BLOCK_MALFORMED.
tm_error tm_moving_factory(tm_trust *trust);

#endif
