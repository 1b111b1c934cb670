// SPDX-License-Identifier: Apache-2.0
#include "slot_head.h"

#include <string.h>

#include "flash.h"
#include "port.h"

tm_error tm_slot_head_read(uint32_t slot, tm_slot_head *head) {
    if (slot >= TM_SLOTS) return TM_ERROR_INTERNAL;
    uint8_t *const fixed = head->fixed;
    const tm_region region = tm_slot_head_region(port_flash_map(), slot);
    TM_TRY(port_flash_read(region.off, fixed, TM_SLOT_HEAD_BYTES));
    if (memcmp(fixed + TM_SLOT_HEAD_MAGIC_OFFSET, TM_SLOT_HEAD_MAGIC, TM_SLOT_HEAD_MAGIC_BYTES) != 0) {
        return TM_ERROR_SLOT_EMPTY;
    }
    const uint32_t authentication = tm_load16_be(fixed + TM_SLOT_HEAD_AUTHENTICATION_LENGTH_OFFSET);
    const uint32_t manifest = tm_load16_be(fixed + TM_SLOT_HEAD_MANIFEST_LENGTH_OFFSET);
    const uint32_t off = region.off + TM_SLOT_HEAD_BYTES;
    head->image_size = tm_load32_be(fixed + TM_SLOT_HEAD_IMAGE_SIZE_OFFSET);
    head->security_version = tm_load32_be(fixed + TM_SLOT_HEAD_SECURITY_VERSION_OFFSET);
    head->sequence_number = tm_load64_be(fixed + TM_SLOT_HEAD_SEQUENCE_NUMBER_OFFSET);
    head->root_public_key = fixed + TM_SLOT_HEAD_ROOT_PUBLIC_KEY_OFFSET;
    head->release.authentication = tm_flash_source(off, authentication);
    head->release.manifest = tm_flash_source(off + authentication, manifest);
    const uint32_t image_limit = tm_slot_image_region(port_flash_map(), slot).size;
    const bool good = fixed[TM_SLOT_HEAD_LAYOUT_OFFSET] == TM_SLOT_HEAD_LAYOUT &&
                      authentication > 0 && authentication <= TM_LIMIT_AUTHENTICATION_BYTES &&
                      manifest > 0 && manifest <= TM_LIMIT_MANIFEST_BYTES &&
                      TM_SLOT_HEAD_BYTES + authentication + manifest <= region.size &&
                      head->image_size > 0 && head->image_size <= image_limit;
    return good ? TM_OK : TM_ERROR_SLOT_HEAD_MALFORMED;
}

tm_error tm_slot_head_erase(uint32_t slot) {
    if (slot >= TM_SLOTS) return TM_ERROR_INTERNAL;
    const tm_region region = tm_slot_head_region(port_flash_map(), slot);
    return tm_flash_erase(region, region.size);
}

tm_error tm_slot_head_write(uint32_t slot, const uint8_t fixed[TM_SLOT_HEAD_BYTES], const tm_release_source *release) {
    uint8_t bytes[TM_SLOT_HEAD_BYTES + TM_LIMIT_AUTHENTICATION_BYTES + TM_LIMIT_MANIFEST_BYTES];
    const tm_source *const authentication = &release->authentication;
    const tm_source *const manifest = &release->manifest;
    const uint32_t unit = port_flash().program;
    const uint32_t len = TM_SLOT_HEAD_BYTES + authentication->len + manifest->len;
    if (len > sizeof bytes || unit > TM_SLOT_HEAD_BYTES) return TM_ERROR_INTERNAL;
    memcpy(bytes, fixed, TM_SLOT_HEAD_BYTES);
    TM_TRY(tm_source_read(authentication, 0, bytes + TM_SLOT_HEAD_BYTES, authentication->len));
    TM_TRY(tm_source_read(manifest, 0, bytes + TM_SLOT_HEAD_BYTES + authentication->len, manifest->len));
    TM_TRY(tm_slot_head_erase(slot));
    const uint32_t off = tm_slot_head_region(port_flash_map(), slot).off;
    TM_TRY(tm_flash_write(off + unit, bytes + unit, len - unit));
    return tm_flash_write(off, bytes, unit);
}
