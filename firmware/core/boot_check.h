// SPDX-License-Identifier: Apache-2.0
// Whether a slot head entitles an image to run, and which one. The image itself is compared by whoever loads it.
#ifndef TM_BOOT_CHECK_H
#define TM_BOOT_CHECK_H

#include "slot_head.h"

typedef struct {
    uint8_t manifest_digest[32];
    uint8_t image_digest[32];
    uint32_t image_size;  // bytes
} tm_boot_approval;

// Anything but TM_BOOT_UNLOCKED is locked: a glitched read of the lock must not open the integrity-only way.
typedef enum {
    TM_BOOT_UNLOCKED = 0x5a3cc3a5,
    TM_BOOT_LOCKED = 0x25c33c5a,
} tm_boot_lock;

// Unlocked: the head's form, the manifest's digest and form. Locked: also this chip's receipt, and certificate and
// signature under the root key in the head, each twice. RECEIPT_INVALID, SLOT_HEAD_MALFORMED where head and manifest
// differ, and the errors of release_signature.h and suit.h. approval is all zeros after a refusal.
tm_error tm_boot_check(uint32_t slot, const tm_slot_head *head, tm_boot_lock lock, tm_boot_approval *approval);

#endif
