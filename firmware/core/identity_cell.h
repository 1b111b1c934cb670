// SPDX-License-Identifier: Apache-2.0
// The identity cells (protocol/flash.md): the unit's key, wrapped, and after enrolment its certificate path. Sealed by the
// chip key. Behind the cell header, integers big-endian:
//
//     chip id(8) . public key(33) . wrapped key(64) . length of root, line, device certificate(2 each)
//     . root(1024) . line(1024) . device(1024) . reserved(1) . CRC-32(4) of all before it
//
// The CRC tells a torn cell from a whole one that another chip sealed: a cloned flash.
#ifndef TM_IDENTITY_CELL_H
#define TM_IDENTITY_CELL_H

#include "cell.h"
#include "device_path.h"
#include "wrap.h"

typedef struct {
    uint8_t chip_id[8];
    uint8_t public_key[33];
    uint8_t wrapped[TM_WRAPPED_SIZE];
    uint16_t root_len, line_len, device_len;  // bytes; all 0 before enrolment
    uint8_t root[TM_LIMIT_CERTIFICATE_BYTES];
    uint8_t line[TM_LIMIT_CERTIFICATE_BYTES];
    uint8_t device[TM_LIMIT_CERTIFICATE_BYTES];
} tm_identity;

// IDENTITY_ABSENT; IDENTITY_FOREIGN where a whole cell is another chip's.
tm_error tm_identity_load(tm_identity *identity, tm_cell_newest *newest);

// Reads back. newest is from the last load or store.
tm_error tm_identity_store(const tm_identity *identity, tm_cell_newest *newest);

bool tm_identity_enrolled(const tm_identity *identity);

// FLASH_WRITE for a certificate that does not fit.
tm_error tm_identity_enroll(tm_identity *identity, const tm_device_path *path);

#endif
