// SPDX-License-Identifier: Apache-2.0
// NOR flash in memory, for tests and campaigns: refuses what NOR refuses, counts, and can lose power at any operation.
// An operation is one program unit or one erased block.
#ifndef TM_NOR_H
#define TM_NOR_H

#include "port.h"

typedef enum {
    NOR_CUT_BEFORE,       // the operation never begins
    NOR_CUT_TORN,         // about half of a unit's bits are programmed, or of a block's bits erased
    NOR_CUT_TORN_EARLY,   // about an eighth of them: the pulse had just begun
    NOR_CUT_TORN_LATE,    // about seven eighths: it was all but over
    NOR_CUT_TORN_FRONT,   // the front half is done
    NOR_CUT_TORN_BACK,    // the back half is done
    NOR_CUT_AFTER,        // the operation is complete
    NOR_CUT_KINDS
} nor_cut_kind;

typedef struct {
    uint32_t operation;  // 0 for the first one from now on; UINT32_MAX: never
    nor_cut_kind kind;
    uint64_t seed;       // chooses the bits that NOR_CUT_TORN and its _EARLY and _LATE move
} nor_cut;

typedef struct {
    uint32_t programs;  // units
    uint32_t erases;    // blocks
} nor_counts;

// Which of a byte's bits a torn unit moves: the byte is the index-th of len. state: from the cut's seed, kept between bytes.
uint8_t nor_torn_bits(nor_cut_kind kind, uint32_t index, uint32_t len, uint64_t *state);

// A blank flash with the host's map.
void nor_start(uint32_t erase, uint32_t program);

// Arms one cut and counts operations from 0. on_cut must not return.
void nor_arm(nor_cut cut, void (*on_cut)(void));

uint32_t nor_operations(void);  // since nor_arm
nor_counts nor_totals(void);    // since nor_start

// The byte at off changes its lowest bit behind so many further reads of it: flash that is written while it is checked.
void nor_change(uint32_t off, uint32_t reads);

uint8_t *nor_bytes(void);  // the flash's contents, nor_size() bytes, to look at and to corrupt
uint32_t nor_size(void);

#endif
