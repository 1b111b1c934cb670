// SPDX-License-Identifier: Apache-2.0
// Which slot starts, and whether it is on trial (protocol/flash.md). Two cells sealed by CRC-32: the record chooses
// between slots that are checked anyway, so it needs no secret.
#ifndef TM_BOOT_RECORD_H
#define TM_BOOT_RECORD_H

#include <stdbool.h>

#include "error.h"

typedef struct {
    uint32_t slot;           // the one to start
    uint32_t state;          // TM_BOOT_STATE_...
    uint32_t previous_slot;  // the one to go back to
    uint32_t reverts;        // trials that failed so far, up to 255
    uint8_t manifest_digest[32];
} tm_boot_record;

// False when both cells are absent or hold no valid record.
bool tm_boot_record_read(tm_boot_record *record);

tm_error tm_boot_record_write(const tm_boot_record *record);

#endif
