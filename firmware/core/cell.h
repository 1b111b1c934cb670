// SPDX-License-Identifier: Apache-2.0
// A record kept in two cells, each in its own erase block: the older one is erased and written, so that a power cut at
// any point leaves the old record or the new one. A cell is
//
//     magic(4) . sequence(4) . contents . seal
//
// with a CRC-32 or, under a domain tag, HMAC-SHA-256 by the chip key as seal over everything before it. A cell whose
// seal does not agree is absent; of two whole ones the higher sequence counts.
#ifndef TM_CELL_H
#define TM_CELL_H

#include <stdbool.h>

#include "error.h"
#include "flash_map.h"

#define TM_CELL_HEADER 8u
#define TM_CELL_CRC 4u
#define TM_CELL_MAC 32u

typedef struct {
    tm_region place[2];
    const char *magic;   // 4 bytes
    const char *domain;  // NULL: sealed by CRC-32
    uint32_t size;       // bytes of a cell, seal included
} tm_cell_store;

// Which cell is the newest. Without one: sequence 0 in the first place, so that the second place is written first and
// what a factory left in the first one stays until then.
typedef struct {
    uint32_t sequence;
    uint32_t place;
} tm_cell_newest;

// cell takes the newest whole cell, store->size bytes. False when there is none; cell is then worthless.
bool tm_cell_read(const tm_cell_store *store, uint8_t *cell, tm_cell_newest *newest);

// Fills in magic, sequence and seal, then writes beside the newest cell, which is from the last read or write of this
// store. FLASH_WRITE (also when the sequence is at its end), CHIP_KEY_ABSENT; the record is then the old one.
tm_error tm_cell_write(const tm_cell_store *store, uint8_t *cell, tm_cell_newest *newest);

#endif
