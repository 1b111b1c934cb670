// SPDX-License-Identifier: Apache-2.0
// What the bootloader launched, for whoever writes slots and the boot record.
#ifndef TM_LAUNCHED_H
#define TM_LAUNCHED_H

#include "boot_info.h"

// Once, at the start of the app.
void tm_launched_set(const tm_boot_info *boot);

const tm_boot_info *tm_launched(void);

// The slot that does not run: the only one that is ever written.
uint32_t tm_other_slot(void);

#endif
