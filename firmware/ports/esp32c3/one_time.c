// SPDX-License-Identifier: Apache-2.0
// Fields are fuse blocks that become whole with the fuse that closes them against writing: a burn torn before that is no
// value, and the same value, or another in the next place, can follow.
#include <string.h>

#include "chip.h"
#include "efuse.h"
#include "hmac.h"
#include "port.h"

#define PLACES 2u
#define ROLLBACK_SHIFT 14u  // SECURE_VERSION, bits 14 to 29 of word REPEAT3
#define ROLLBACK_BITS 10u
#define EPOCH_SHIFT 24u
#define EPOCH_BITS 6u
#define LOCK_BLOCK 3u

// The plan of fuses: no debug port, no download mode, no direct boot from flash.
#define PLAN_REPEAT0 (1u << 9 | 1u << 19)  // DIS_USB_JTAG, DIS_PAD_JTAG
#define PLAN_REPEAT3 (1u << 0 | 1u << 1)   // DIS_DOWNLOAD_MODE, DIS_DIRECT_BOOT

static const uint32_t KEY_BLOCKS[PLACES] = {4, 5};
static const uint32_t HASH_BLOCKS[PLACES] = {6, 7};
static const uint8_t LOCK_MARK[EFUSE_BLOCK_BYTES] = "touchmark/locked/v1";

static bool holds_key(uint32_t block) {
    return efuse_block_closed(block) && efuse_block_hidden(block) &&
           efuse_purpose(block) == EFUSE_KEY_PURPOSE_HMAC_UPSTREAM;
}

uint32_t chip_key_block(void) {
    for (uint32_t place = 0; place < PLACES; place++) {
        if (holds_key(KEY_BLOCKS[place])) return KEY_BLOCKS[place];
    }
    return CHIP_KEY_NONE;
}

// A hidden key can be compared by what it makes alone.
static bool is_key(uint32_t block, const uint8_t value[PORT_FIELD_SIZE]) {
    const tm_bytes probe = tm_bytes_of(LOCK_MARK, sizeof LOCK_MARK);
    uint8_t made[32], expected[32];
    tm_hmac(value, PORT_FIELD_SIZE, probe.ptr, probe.len, expected);
    return chip_hmac(block, &probe, 1, made) == TM_OK && tm_equal(made, expected, sizeof made);
}

static tm_error burn_key(uint32_t block, const uint8_t value[PORT_FIELD_SIZE]) {
    if (!efuse_block_hidden(block)) TM_TRY(efuse_block_burn(block, value));
    TM_TRY(efuse_purpose_burn(block, EFUSE_KEY_PURPOSE_HMAC_UPSTREAM));
    TM_TRY(efuse_block_hide(block));
    if (!is_key(block, value)) return TM_ERROR_ONE_TIME_MEMORY;
    return efuse_block_close(block);
}

static tm_error burn_chip_key(const uint8_t value[PORT_FIELD_SIZE]) {
    const uint32_t block = chip_key_block();
    if (block != CHIP_KEY_NONE) return is_key(block, value) ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
    for (uint32_t place = 0; place < PLACES; place++) {
        if (burn_key(KEY_BLOCKS[place], value) == TM_OK) return TM_OK;
    }
    return TM_ERROR_ONE_TIME_MEMORY;
}

tm_error port_field_read(port_field field, uint8_t value[PORT_FIELD_SIZE]) {
    if (field != PORT_FIELD_CONSTANT_HASH) return TM_ERROR_ONE_TIME_MEMORY;
    for (uint32_t place = 0; place < PLACES; place++) {
        if (!efuse_block_closed(HASH_BLOCKS[place])) continue;
        efuse_block_read(HASH_BLOCKS[place], value);
        return TM_OK;
    }
    return TM_ERROR_ONE_TIME_MEMORY;
}

static tm_error burn_constant_hash(const uint8_t value[PORT_FIELD_SIZE]) {
    uint8_t burned[PORT_FIELD_SIZE];
    if (port_field_read(PORT_FIELD_CONSTANT_HASH, burned) == TM_OK) {
        return tm_equal(burned, value, sizeof burned) ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
    }
    for (uint32_t place = 0; place < PLACES; place++) {
        if (efuse_block_burn(HASH_BLOCKS[place], value) == TM_OK) return efuse_block_close(HASH_BLOCKS[place]);
    }
    return TM_ERROR_ONE_TIME_MEMORY;
}

tm_error port_field_burn(port_field field, const uint8_t value[PORT_FIELD_SIZE]) {
    switch (field) {
        case PORT_FIELD_CHIP_KEY: return burn_chip_key(value);
        case PORT_FIELD_CONSTANT_HASH: return burn_constant_hash(value);
        default: return TM_ERROR_ONE_TIME_MEMORY;
    }
}

uint32_t port_counter_limit(port_counter counter) {
    switch (counter) {
        case PORT_COUNTER_ROLLBACK: return ROLLBACK_BITS;
        case PORT_COUNTER_EPOCH: return EPOCH_BITS;
        default: return 1;
    }
}

// Of a row of bits the highest counts, as a torn burn may leave any of them out.
static uint32_t count_row(uint32_t shift, uint32_t bits) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < bits; i++) {
        if (efuse_all(EFUSE_REPEAT3, 1u << (shift + i))) count = i + 1u;
    }
    return count;
}

static bool is_locked(void) {
    uint8_t mark[EFUSE_BLOCK_BYTES];
    efuse_block_read(LOCK_BLOCK, mark);
    return efuse_block_closed(LOCK_BLOCK) && tm_equal(mark, LOCK_MARK, sizeof mark);
}

static bool is_plan_burned(void) {
    return efuse_all(EFUSE_REPEAT0, PLAN_REPEAT0) && efuse_all(EFUSE_REPEAT3, PLAN_REPEAT3);
}

uint32_t port_counter_read(port_counter counter) {
    switch (counter) {
        case PORT_COUNTER_LOCK: return is_locked() ? 1 : 0;
        case PORT_COUNTER_ROLLBACK: return count_row(ROLLBACK_SHIFT, ROLLBACK_BITS);
        case PORT_COUNTER_EPOCH: return count_row(EPOCH_SHIFT, EPOCH_BITS);
        case PORT_COUNTER_DEBUG: return is_plan_burned() ? 1 : 0;
        default: return 0;
    }
}

static tm_error raise_row(uint32_t shift, uint32_t bits, uint32_t to) {
    const uint32_t goal = to < bits ? to : bits;
    return efuse_burn(EFUSE_REPEAT3, ((1u << goal) - 1u) << shift);
}

static tm_error burn_lock(void) {
    TM_TRY(efuse_block_burn(LOCK_BLOCK, LOCK_MARK));
    return efuse_block_close(LOCK_BLOCK);
}

static tm_error burn_plan(void) {
    TM_TRY(efuse_burn(EFUSE_REPEAT0, PLAN_REPEAT0));
    return efuse_burn(EFUSE_REPEAT3, PLAN_REPEAT3);
}

tm_error port_counter_raise(port_counter counter, uint32_t to) {
    switch (counter) {
        case PORT_COUNTER_LOCK: return to == 0 ? TM_OK : burn_lock();
        case PORT_COUNTER_ROLLBACK: return raise_row(ROLLBACK_SHIFT, ROLLBACK_BITS, to);
        case PORT_COUNTER_EPOCH: return raise_row(EPOCH_SHIFT, EPOCH_BITS, to);
        case PORT_COUNTER_DEBUG: return to == 0 ? TM_OK : burn_plan();
        default: return TM_ERROR_ONE_TIME_MEMORY;
    }
}
