// SPDX-License-Identifier: Apache-2.0
#include "running.h"

#include <string.h>

static tm_running running;

tm_error tm_running_start(const tm_boot_info *boot) {
    running.slot = boot->slot;
    running.reason = boot->reason;
    memcpy(running.manifest_digest, boot->manifest_digest, sizeof running.manifest_digest);
    return tm_slot_head_read(boot->slot, &running.head);
}

const tm_running *tm_running_now(void) {
    return &running;
}

uint32_t tm_other_slot(void) {
    return 1u - running.slot;
}
