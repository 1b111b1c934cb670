// SPDX-License-Identifier: Apache-2.0
// The release that runs: what the bootloader said, and the manifest in its slot's head.
#ifndef TM_RUNNING_H
#define TM_RUNNING_H

#include "boot_info.h"
#include "slot_head.h"
#include "suit.h"

typedef struct {
    uint32_t slot;
    uint8_t manifest_digest[32];
    tm_slot_head head;
    tm_manifest manifest;
} tm_running;

// SLOT_*, ENVELOPE_*, MANIFEST_* where the head does not read back, and MANIFEST_DIGEST_MISMATCH where it is not what was
// started; slot and digest are set all the same.
tm_error tm_running_read(const tm_boot_info *boot, tm_running *running);

#endif
