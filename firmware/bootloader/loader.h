// SPDX-License-Identifier: Apache-2.0
// Brings one slot's image into RAM, checked: what is approved is the copy that runs, not what stands in flash.
#ifndef TM_LOADER_H
#define TM_LOADER_H

#include "boot_check.h"

// What the slot's head entitles to run; its image is not looked at. tm_boot_check's errors, and
// SECURITY_VERSION_ROLLBACK below the rollback counter.
tm_error tm_loader_approve(uint32_t slot, tm_boot_approval *approval);

// The same, then IMAGE_DIGEST_MISMATCH. On refusal manifest_digest is zeros. The copy in RAM lacks the first word of each
// 4 KiB, refused or not.
tm_error tm_loader_load(uint32_t slot, uint8_t manifest_digest[32]);

// Completes the copy that was loaded last. False where its digest is not the approved one.
bool tm_loader_release(void);

#endif
