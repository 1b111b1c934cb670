// SPDX-License-Identifier: Apache-2.0
#ifndef TM_BOOTLOADER_H
#define TM_BOOTLOADER_H

// From reset to the launch of a slot, or to recovery where no slot may run.
_Noreturn void tm_bootloader(void);

#endif
