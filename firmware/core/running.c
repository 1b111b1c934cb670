// SPDX-License-Identifier: Apache-2.0
#include "running.h"

#include <string.h>

tm_error tm_running_read(const tm_boot_info *boot, tm_running *running) {
    static tm_release_buffer buffer;
    uint8_t digest[32];
    memset(running, 0, sizeof *running);
    running->slot = boot->slot;
    memcpy(running->manifest_digest, boot->manifest_digest, sizeof running->manifest_digest);
    TM_TRY(tm_slot_head_read(boot->slot, &running->head));
    TM_TRY(tm_release_digest(&running->head.release, &buffer, digest));
    if (!tm_equal(digest, boot->manifest_digest, sizeof digest)) return TM_ERROR_MANIFEST_DIGEST_MISMATCH;
    const tm_source *const manifest = &running->head.release.manifest;
    if (manifest->len > TM_LIMIT_MANIFEST_BYTES) return TM_ERROR_SLOT_HEAD_MALFORMED;
    TM_TRY(tm_source_read(manifest, 0, buffer.bytes, manifest->len));
    return tm_manifest_decode(tm_bytes_of(buffer.bytes, manifest->len), &running->manifest);
}
