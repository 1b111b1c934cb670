// SPDX-License-Identifier: Apache-2.0
// What runs: the slot that the bootloader launched, and what its head says.
#ifndef TM_RUNNING_H
#define TM_RUNNING_H

#include "boot_info.h"
#include "slot_head.h"

typedef struct {
    uint32_t slot;
    tm_boot_reason reason;
    uint8_t manifest_digest[32];
    tm_slot_head head;
} tm_running;

// Once, at the start of the app. SLOT_* where the head cannot be read any more.
tm_error tm_running_start(const tm_boot_info *boot);

const tm_running *tm_running_now(void);

// The slot that does not run: the only one that is ever written.
uint32_t tm_other_slot(void);

#endif
