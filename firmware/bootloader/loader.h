// SPDX-License-Identifier: Apache-2.0
// Brings one slot's image into RAM, checked: what is approved is the copy that runs, not what stands in flash.
#ifndef TM_LOADER_H
#define TM_LOADER_H

#include "boot_check.h"

// On refusal manifest_digest is zeros and nothing in RAM may run.
tm_error tm_loader_load(uint32_t slot, uint8_t manifest_digest[32]);

#endif
