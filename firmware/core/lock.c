// SPDX-License-Identifier: Apache-2.0
#include "lock.h"

#include <string.h>

#include "boot_check.h"
#include "chip.h"
#include "flash.h"
#include "port.h"
#include "receipt.h"

#define FIELD(head, NAME) ((head) + TM_SLOT_HEAD_##NAME##_OFFSET)
#define SEALED_OFF TM_SLOT_HEAD_ROOT_PUBLIC_KEY_OFFSET  // from here on the factory leaves the head erased

_Static_assert(SEALED_OFF % TM_FLASH_VIRT_PROGRAM_BYTES == 0, "starts a program unit");
_Static_assert(SEALED_OFF % TM_FLASH_ESP32C3_PROGRAM_BYTES == 0, "starts a program unit");

// Root and receipt into the running slot's head. The same bytes can be programmed again.
static tm_error seal_head(const tm_running *running, const tm_lock_result *checked) {
    uint8_t head[TM_SLOT_HEAD_BYTES];
    memcpy(head, running->head.fixed, sizeof head);
    memcpy(FIELD(head, ROOT_PUBLIC_KEY), checked->root_public_key, sizeof checked->root_public_key);
    memcpy(FIELD(head, ROOT_HASH), checked->root_hash, sizeof checked->root_hash);
    TM_TRY(tm_receipt_make(&tm_chip, (uint8_t)running->slot, head, running->manifest_digest, FIELD(head, RECEIPT)));
    const tm_region region = tm_slot_head_region(port_flash_map(), running->slot);
    return tm_flash_write(region.off + SEALED_OFF, head + SEALED_OFF, sizeof head - SEALED_OFF);
}

// As the bootloader will look at it, from flash.
static tm_error check_boots(const tm_running *running) {
    static tm_slot_head head;
    tm_boot_approval approval;
    TM_TRY(tm_slot_head_read(running->slot, &head));
    TM_TRY(tm_boot_check(running->slot, &head, TM_BOOT_LOCKED, &approval));
    return tm_equal(approval.manifest_digest, running->manifest_digest, 32) ? TM_OK : TM_ERROR_LOCK_NOT_READY;
}

static tm_error burn_constant_hash(const tm_trust *trust) {
    uint8_t hash[PORT_FIELD_SIZE];
    uint8_t burned[PORT_FIELD_SIZE];
    tm_trust_constant_hash(trust, hash);
    TM_TRY(port_field_burn(PORT_FIELD_CONSTANT_HASH, hash));
    TM_TRY(port_field_read(PORT_FIELD_CONSTANT_HASH, burned));
    return tm_equal(hash, burned, sizeof hash) ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
}

static tm_error raise(port_counter counter, uint32_t value) {
    const uint32_t limit = port_counter_limit(counter);
    const uint32_t to = value < limit ? value : limit;
    TM_TRY(port_counter_raise(counter, to));
    return port_counter_read(counter) >= to ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
}

// Both cells, from flash, say what RAM says.
static tm_error check_cells(const tm_device *device) {
    static tm_identity identity;
    static tm_moving moving;
    tm_cell_newest newest;
    TM_TRY(tm_identity_load(&identity, &newest));
    TM_TRY(tm_moving_load(&moving, &newest));
    const bool same = memcmp(identity.public_key, device->identity.public_key, sizeof identity.public_key) == 0 &&
                      tm_identity_enrolled(&identity) && tm_trust_complete(&moving.anchor.trust) &&
                      moving.anchor.trust.epoch == device->moving.anchor.trust.epoch;
    return same ? TM_OK : TM_ERROR_LOCK_NOT_READY;
}

tm_error tm_lock(tm_device *device, const tm_lock_result *checked) {
    const tm_moving *const moving = &device->moving;
    TM_TRY(tm_device_raise_rollback(device, device->running.manifest.security_version));
    TM_TRY(tm_device_fill_cells(device));
    if (check_boots(&device->running) != TM_OK) TM_TRY(seal_head(&device->running, checked));
    TM_TRY(check_boots(&device->running));
    TM_TRY(check_cells(device));
    TM_TRY(burn_constant_hash(&moving->anchor.trust));
    TM_TRY(raise(PORT_COUNTER_EPOCH, moving->anchor.trust.epoch));
    TM_TRY(raise(PORT_COUNTER_ROLLBACK, moving->rollback));
    TM_TRY(raise(PORT_COUNTER_DEBUG, 1));
    TM_TRY(raise(PORT_COUNTER_LOCK, 1));
    tm_device_load(device);
    return device->life == TM_LIFE_LOCKED ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
}
