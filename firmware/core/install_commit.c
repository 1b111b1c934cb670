// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "chip.h"
#include "install_steps.h"
#include "receipt.h"
#include "slot_head.h"

static void put_root(uint8_t fixed[TM_SLOT_HEAD_BYTES], const tm_gate_result *gate) {
    memcpy(fixed + TM_SLOT_HEAD_ROOT_PUBLIC_KEY_OFFSET, gate->root_public_key, TM_SLOT_HEAD_ROOT_PUBLIC_KEY_BYTES);
    memset(fixed + TM_SLOT_HEAD_PADDING_OFFSET, 0, TM_SLOT_HEAD_PADDING_BYTES);
    memcpy(fixed + TM_SLOT_HEAD_ROOT_HASH_OFFSET, gate->root_hash, TM_SLOT_HEAD_ROOT_HASH_BYTES);
}

tm_error tm_install_commit(uint32_t slot, const tm_source *staged, const tm_install_permission *permission) {
    const tm_gate_result *const gate = &permission->gate;
    tm_release_source release;
    TM_TRY(tm_envelope_release(staged, &gate->envelope, &release));
    uint8_t fixed[TM_SLOT_HEAD_BYTES] = {0};
    memcpy(fixed, TM_SLOT_HEAD_MAGIC, TM_SLOT_HEAD_MAGIC_BYTES);
    fixed[TM_SLOT_HEAD_LAYOUT_OFFSET] = TM_SLOT_HEAD_LAYOUT;
    tm_store16_be(fixed + TM_SLOT_HEAD_MANIFEST_LENGTH_OFFSET, (uint16_t)release.manifest.len);
    tm_store16_be(fixed + TM_SLOT_HEAD_AUTHENTICATION_LENGTH_OFFSET, (uint16_t)release.authentication.len);
    tm_store32_be(fixed + TM_SLOT_HEAD_IMAGE_SIZE_OFFSET, gate->manifest.image_size);
    tm_store32_be(fixed + TM_SLOT_HEAD_SECURITY_VERSION_OFFSET, gate->manifest.security_version);
    tm_store64_be(fixed + TM_SLOT_HEAD_SEQUENCE_NUMBER_OFFSET, gate->manifest.sequence_number);
    // Left erased without the gate, as in a factory image: lock programs them.
    memset(fixed + TM_SLOT_HEAD_ROOT_PUBLIC_KEY_OFFSET, 0xff, TM_SLOT_HEAD_BYTES - TM_SLOT_HEAD_ROOT_PUBLIC_KEY_OFFSET);
    if (permission->gated) {
        put_root(fixed, gate);
        TM_TRY(tm_receipt_make(&tm_chip, (uint8_t)slot, fixed, gate->manifest_digest,
                               fixed + TM_SLOT_HEAD_RECEIPT_OFFSET));
    }
    return tm_slot_head_write(slot, fixed, &release);
}
