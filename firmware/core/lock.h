// SPDX-License-Identifier: Apache-2.0
// Lock, once its conditions hold (lock_check.h): the running slot's receipt first, one-time memory last, everything read
// back. A power cut leaves a unit that is not locked and can be locked again, or a locked one.
#ifndef TM_LOCK_H
#define TM_LOCK_H

#include "device.h"
#include "lock_check.h"

// FLASH_WRITE where the head cannot take root and receipt (install a release through the gate, then lock); boot_check.h's
// where what reads back would not boot; ONE_TIME_MEMORY; LOCK_NOT_READY where the cells do not read back.
tm_error tm_lock(tm_device *device, const tm_lock_result *checked);

#endif
