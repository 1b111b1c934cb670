// SPDX-License-Identifier: Apache-2.0
#include "launched.h"

static tm_boot_info launched;

void tm_launched_set(const tm_boot_info *boot) {
    launched = *boot;
}

const tm_boot_info *tm_launched(void) {
    return &launched;
}

uint32_t tm_other_slot(void) {
    return 1u - launched.slot;
}
