// SPDX-License-Identifier: Apache-2.0
#include "device.h"

#include <string.h>

#include "port.h"
#include "trial.h"

tm_device tm_the_device;

static bool is_locked(void) {
    return port_counter_read(PORT_COUNTER_LOCK) != 0;
}

static uint32_t mirrored(port_counter counter, uint32_t value) {
    const uint32_t limit = port_counter_limit(counter);
    return value < limit ? value : limit;
}

// Cells put back from an old copy of the flash are this chip's, but one-time memory remembers.
static bool is_current(const tm_moving *moving) {
    uint8_t burned[PORT_FIELD_SIZE];
    uint8_t own[32];
    if (mirrored(PORT_COUNTER_EPOCH, moving->anchor.trust.epoch) < port_counter_read(PORT_COUNTER_EPOCH)) return false;
    if (mirrored(PORT_COUNTER_ROLLBACK, moving->rollback) < port_counter_read(PORT_COUNTER_ROLLBACK)) return false;
    if (!is_locked()) return true;
    tm_trust_constant_hash(&moving->anchor.trust, own);
    return port_field_read(PORT_FIELD_CONSTANT_HASH, burned) == TM_OK && tm_equal(burned, own, sizeof own);
}

// True with cells of this unit; otherwise, before lock, what the factory wrote, and last nothing at all.
static bool load_trust(tm_device *device) {
    if (tm_moving_load(&device->moving, &device->moving_newest) == TM_OK && is_current(&device->moving)) return true;
    memset(&device->moving, 0, sizeof device->moving);
    tm_trust *const trust = &device->moving.anchor.trust;
    if (is_locked() || tm_moving_factory(trust) != TM_OK) memset(trust, 0, sizeof *trust);
    return false;
}

static uint32_t life_of(const tm_device *device, bool has_trust) {
    if (is_locked()) return TM_LIFE_LOCKED;
    if (device->trouble != TM_OK) return TM_LIFE_BLANK;
    return has_trust && tm_identity_enrolled(&device->identity) ? TM_LIFE_ENROLLED : TM_LIFE_BORN;
}

void tm_device_load(tm_device *device) {
    device->trouble = tm_identity_load(&device->identity, &device->identity_newest);
    device->life = life_of(device, load_trust(device));
}

void tm_device_start(const tm_boot_info *boot) {
    tm_device *const device = &tm_the_device;
    memset(device, 0, sizeof *device);
    tm_device_load(device);
    // Without its head a unit still answers, but every release would be a step back.
    if (tm_running_read(boot, &device->running) != TM_OK) device->running.manifest.sequence_number = UINT64_MAX;
}

tm_unit tm_device_unit(const tm_device *device) {
    return (tm_unit){
        .anchor = &device->moving.anchor,
        .rollback = device->moving.rollback,
        .running_sequence = device->running.manifest.sequence_number,
        .running_security_version = device->running.manifest.security_version,
        .running_digest = device->running.manifest_digest,
        .challenge = tm_challenge_nonce(&device->challenge, port_clock_ms()),
        .slot_bytes = port_flash_map()->slot_a_image.size,
    };
}

static tm_error store(tm_device *device, const tm_moving *moving) {
    TM_TRY(tm_moving_store(moving, &device->moving_newest));
    device->moving = *moving;
    return TM_OK;
}

// Once one-time memory has risen, the older cell is none of this unit's: it gets the newer one's contents, so that a bit
// that flips in either cell costs nothing.
static tm_error mirror(tm_device *device, port_counter counter, uint32_t value) {
    if (!is_locked() || port_counter_read(counter) >= mirrored(counter, value)) return TM_OK;
    TM_TRY(port_counter_raise(counter, mirrored(counter, value)));
    return store(device, &device->moving);
}

tm_error tm_device_fill_cells(tm_device *device) {
    TM_TRY(tm_identity_store(&device->identity, &device->identity_newest));
    return store(device, &device->moving);
}

tm_error tm_device_store_anchor(void *ctx, const tm_anchor *anchor) {
    tm_device *const device = ctx;
    static tm_moving moving;
    moving = device->moving;
    moving.anchor = *anchor;
    TM_TRY(store(device, &moving));
    return mirror(device, PORT_COUNTER_EPOCH, anchor->trust.epoch);
}

tm_error tm_device_learn(void *device, const tm_anchor *anchor) {
    TM_TRY(tm_trial_withdraw());
    return tm_device_store_anchor(device, anchor);
}

tm_error tm_device_raise_rollback(tm_device *device, uint32_t security_version) {
    static tm_moving moving;
    if (device->life < TM_LIFE_ENROLLED || security_version <= device->moving.rollback) return TM_OK;
    moving = device->moving;
    moving.rollback = security_version;
    TM_TRY(store(device, &moving));
    return mirror(device, PORT_COUNTER_ROLLBACK, security_version);
}

// A count at its end takes no further signature; the cells would be worn out long before.
static tm_error count(tm_device *device, uint32_t claims, uint32_t pairs) {
    static tm_moving moving;
    moving = device->moving;
    if (moving.claims > UINT32_MAX - claims || moving.pairs > UINT32_MAX - pairs) {
        return TM_ERROR_FLASH_WRITE;
    }
    moving.claims += claims;
    moving.pairs += pairs;
    return store(device, &moving);
}

tm_error tm_device_count_claim(tm_device *device) {
    return count(device, 1, 0);
}

tm_error tm_device_count_pair(tm_device *device) {
    return count(device, 0, 1);
}

tm_error tm_device_provisioning(const tm_device *device) {
    if (device->life == TM_LIFE_LOCKED) return TM_ERROR_LOCKED;
    return device->trouble == TM_ERROR_IDENTITY_FOREIGN ? TM_ERROR_IDENTITY_FOREIGN : TM_OK;
}

tm_error tm_device_has_key(const tm_device *device) {
    return device->trouble;
}
