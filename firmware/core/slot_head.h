// SPDX-License-Identifier: Apache-2.0
// The slot head (protocol/flash.md): a fixed part, then the authentication wrapper, then the manifest. It is the
// commit mark of an install and all that boot reads beside the image.
#ifndef TM_SLOT_HEAD_H
#define TM_SLOT_HEAD_H

#include "release_signature.h"

#define TM_SLOT_HEAD_LAYOUT 1u

typedef struct {
    uint8_t fixed[TM_SLOT_HEAD_BYTES];
    uint32_t image_size;  // bytes, 1..the image region
    uint32_t security_version;
    uint64_t sequence_number;
    const uint8_t *root_public_key;  // 33 bytes; all 0xff before lock on a factory image
    tm_release_source release;       // in flash, behind the fixed part
} tm_slot_head;

// Form only. SLOT_EMPTY where no head begins, SLOT_HEAD_MALFORMED.
tm_error tm_slot_head_read(uint32_t slot, tm_slot_head *head);

// Erases the slot's head: nothing boots from this slot until the next tm_slot_head_write.
tm_error tm_slot_head_erase(uint32_t slot);

// Erases, writes everything but the first program unit, then that one: a head whose magic stands is complete.
// fixed: with magic, layout and both lengths filled in to agree with the release.
tm_error tm_slot_head_write(uint32_t slot, const uint8_t fixed[TM_SLOT_HEAD_BYTES], const tm_release_source *release);

#endif
