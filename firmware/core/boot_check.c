// SPDX-License-Identifier: Apache-2.0
#include "boot_check.h"

#include <string.h>

#include "chip.h"
#include "port.h"
#include "receipt.h"
#include "suit.h"

static tm_release_buffer buffer;

static tm_error check_release(uint32_t slot, const tm_slot_head *head, tm_boot_lock lock,
                              const tm_release_source *release, uint8_t manifest_digest[32],
                              tm_release_signature *signature) {
    TM_TRY(tm_release_digest(release, &buffer, manifest_digest));
    if (lock == TM_BOOT_UNLOCKED) return TM_OK;
    TM_TRY(tm_receipt_check(&tm_chip, (uint8_t)slot, head->fixed, manifest_digest));
    return tm_release_authenticate_by_key(release, head->root_public_key, &buffer, signature);
}

// Instruction skip: the one branch that takes the chip for unlocked, or the one that takes a receipt for good, would
// else be enough. The chip is asked again here; no signature was verified where signature is still zeros.
static tm_error check_again(uint32_t slot, const tm_slot_head *head, tm_boot_lock lock,
                            const uint8_t manifest_digest[32], const tm_release_signature *signature) {
    if (lock == TM_BOOT_UNLOCKED && port_counter_read(PORT_COUNTER_LOCK) == 0) return TM_OK;
    TM_TRY(tm_receipt_check(&tm_chip, (uint8_t)slot, head->fixed, manifest_digest));
    return tm_equal(signature->manifest_digest, manifest_digest, 32) ? TM_OK : TM_ERROR_MANIFEST_DIGEST_MISMATCH;
}

tm_error tm_boot_check(uint32_t slot, const tm_slot_head *head, tm_boot_lock lock, tm_boot_approval *approval) {
    // From here on the manifest is this copy: flash that answers otherwise the second time changes nothing.
    uint8_t bytes[TM_LIMIT_MANIFEST_BYTES];
    tm_manifest manifest;
    tm_release_signature signature;
    uint8_t digest[32];
    memset(&signature, 0, sizeof signature);
    memset(approval, 0, sizeof *approval);
    TM_TRY(tm_source_read(&head->release.manifest, 0, bytes, head->release.manifest.len));
    const tm_bytes copy = tm_bytes_of(bytes, head->release.manifest.len);
    const tm_release_source release = {head->release.authentication, tm_source_memory(copy)};
    TM_TRY(check_release(slot, head, lock, &release, digest, &signature));
    TM_TRY(tm_manifest_decode(copy, &manifest));
    if (manifest.image_size != head->image_size || manifest.security_version != head->security_version ||
        manifest.sequence_number != head->sequence_number) {
        return TM_ERROR_SLOT_HEAD_MALFORMED;
    }
    TM_TRY(check_again(slot, head, lock, digest, &signature));
    memcpy(approval->manifest_digest, digest, 32);
    memcpy(approval->image_digest, manifest.image_digest, 32);
    approval->image_size = manifest.image_size;
    return TM_OK;
}
