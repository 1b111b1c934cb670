// SPDX-License-Identifier: Apache-2.0
// What the bootloader tells the app it starts.
#ifndef TM_BOOT_INFO_H
#define TM_BOOT_INFO_H

#include <stdint.h>

#include "error.h"

typedef enum {
    TM_BOOT_CONFIRMED,  // the boot record's slot
    TM_BOOT_TRIAL,      // first and only start of an image that is to be confirmed
    TM_BOOT_REVERTED,   // a trial was not confirmed, or its image refused: back in the slot before
    TM_BOOT_FALLBACK,   // the boot record's slot was refused, or both its cells are bad
} tm_boot_reason;

typedef struct {
    tm_boot_reason reason;
    uint32_t slot;              // 0 A, 1 B
    uint8_t manifest_digest[32];
    tm_error refused[2];        // why a slot did not start; TM_OK for one that was not tried or runs
} tm_boot_info;

#endif
