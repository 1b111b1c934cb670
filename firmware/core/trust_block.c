// SPDX-License-Identifier: Apache-2.0
#include "trust_block.h"

#include <string.h>

#include "crc.h"
#include "sha256.h"

#define LAYOUT 1u
#define FIELD(block, NAME) ((block) + TM_TRUST_BLOCK_##NAME##_OFFSET)

_Static_assert(sizeof((tm_trust){0}.keys) == TM_TRUST_BLOCK_KEYS_BYTES, "the struct holds all keys of the block");

static bool all_zero(const uint8_t *p, size_t len) {
    uint8_t any = 0;
    for (size_t i = 0; i < len; i++) any |= p[i];
    return any == 0;
}

static bool counts_hold(const tm_trust *trust) {
    const bool witnesses = trust->witness_count >= 1 && trust->witness_count <= TM_LIMIT_WITNESSES_MAX &&
                           trust->witness_threshold <= trust->witness_count &&
                           trust->witness_threshold * 2u > trust->witness_count;
    const bool recovery = trust->recovery_count <= TM_LIMIT_RECOVERY_MAX &&
                          trust->recovery_threshold <= trust->recovery_count &&
                          (trust->recovery_threshold == 0) == (trust->recovery_count == 0);
    return witnesses && recovery &&
           (uint32_t)trust->witness_count + trust->recovery_count <= TM_LIMIT_KEYS_IN_TRUST_BLOCK;
}

static bool key_is_new(const tm_trust *trust, size_t i) {
    if (trust->keys[i][0] != 2 && trust->keys[i][0] != 3) return false;
    for (size_t j = 0; j < i; j++) {
        if (memcmp(trust->keys[i], trust->keys[j], TM_COMPRESSED_KEY_BYTES) == 0) return false;
    }
    return true;
}

static bool keys_hold(const tm_trust *trust) {
    const size_t count = (size_t)trust->witness_count + trust->recovery_count;
    for (size_t i = 0; i < count; i++) {
        if (!key_is_new(trust, i)) return false;
    }
    return all_zero(trust->keys[count], (TM_LIMIT_KEYS_IN_TRUST_BLOCK - count) * TM_COMPRESSED_KEY_BYTES);
}

static bool frame_holds(const uint8_t *block) {
    return memcmp(FIELD(block, MAGIC), TM_TRUST_BLOCK_MAGIC, TM_TRUST_BLOCK_MAGIC_BYTES) == 0 &&
           *FIELD(block, LAYOUT) == LAYOUT && all_zero(FIELD(block, RESERVED), TM_TRUST_BLOCK_RESERVED_BYTES) &&
           all_zero(FIELD(block, PADDING), TM_TRUST_BLOCK_PADDING_BYTES) &&
           tm_load32_be(FIELD(block, CRC32)) == tm_crc32(0, block, TM_TRUST_BLOCK_CRC32_OFFSET);
}

tm_error tm_trust_decode(const uint8_t block[TM_TRUST_BLOCK_BYTES], tm_trust *trust) {
    if (!frame_holds(block)) return TM_ERROR_TRUST_BLOCK_MALFORMED;
    trust->witness_threshold = *FIELD(block, WITNESS_THRESHOLD);
    trust->witness_count = *FIELD(block, WITNESS_COUNT);
    trust->recovery_threshold = *FIELD(block, RECOVERY_THRESHOLD);
    trust->recovery_count = *FIELD(block, RECOVERY_COUNT);
    trust->chain_id = tm_load64_be(FIELD(block, CHAIN_ID));
    trust->manufacturer_id = tm_load64_be(FIELD(block, MANUFACTURER_ID));
    memcpy(trust->board, FIELD(block, BOARD), sizeof trust->board);
    memcpy(trust->board_code_hash, FIELD(block, BOARD_CODE_HASH), sizeof trust->board_code_hash);
    memcpy(trust->vendor_id, FIELD(block, VENDOR_ID), sizeof trust->vendor_id);
    memcpy(trust->class_id, FIELD(block, CLASS_ID), sizeof trust->class_id);
    memcpy(trust->root_hash, FIELD(block, ROOT_HASH), sizeof trust->root_hash);
    trust->epoch = tm_load32_be(FIELD(block, EPOCH));
    trust->floor_number = tm_load64_be(FIELD(block, FLOOR_NUMBER));
    trust->floor_timestamp = tm_load64_be(FIELD(block, FLOOR_TIMESTAMP));
    memcpy(trust->keys, FIELD(block, KEYS), sizeof trust->keys);
    return counts_hold(trust) && keys_hold(trust) ? TM_OK : TM_ERROR_TRUST_BLOCK_MALFORMED;
}

void tm_trust_encode(const tm_trust *trust, uint8_t block[TM_TRUST_BLOCK_BYTES]) {
    memset(block, 0, TM_TRUST_BLOCK_BYTES);
    memcpy(FIELD(block, MAGIC), TM_TRUST_BLOCK_MAGIC, TM_TRUST_BLOCK_MAGIC_BYTES);
    *FIELD(block, LAYOUT) = LAYOUT;
    *FIELD(block, WITNESS_THRESHOLD) = trust->witness_threshold;
    *FIELD(block, WITNESS_COUNT) = trust->witness_count;
    *FIELD(block, RECOVERY_THRESHOLD) = trust->recovery_threshold;
    *FIELD(block, RECOVERY_COUNT) = trust->recovery_count;
    tm_store64_be(FIELD(block, CHAIN_ID), trust->chain_id);
    tm_store64_be(FIELD(block, MANUFACTURER_ID), trust->manufacturer_id);
    memcpy(FIELD(block, BOARD), trust->board, sizeof trust->board);
    memcpy(FIELD(block, BOARD_CODE_HASH), trust->board_code_hash, sizeof trust->board_code_hash);
    memcpy(FIELD(block, VENDOR_ID), trust->vendor_id, sizeof trust->vendor_id);
    memcpy(FIELD(block, CLASS_ID), trust->class_id, sizeof trust->class_id);
    memcpy(FIELD(block, ROOT_HASH), trust->root_hash, sizeof trust->root_hash);
    tm_store32_be(FIELD(block, EPOCH), trust->epoch);
    tm_store64_be(FIELD(block, FLOOR_NUMBER), trust->floor_number);
    tm_store64_be(FIELD(block, FLOOR_TIMESTAMP), trust->floor_timestamp);
    memcpy(FIELD(block, KEYS), trust->keys, sizeof trust->keys);
    tm_store32_be(FIELD(block, CRC32), tm_crc32(0, block, TM_TRUST_BLOCK_CRC32_OFFSET));
}

bool tm_trust_complete(const tm_trust *trust) {
    return trust->manufacturer_id != 0 && !all_zero(trust->root_hash, sizeof trust->root_hash);
}

void tm_trust_hash(const tm_trust *trust, uint8_t hash[32]) {
    uint8_t block[TM_TRUST_BLOCK_BYTES];
    tm_trust without_floor = *trust;
    without_floor.floor_number = 0;
    without_floor.floor_timestamp = 0;
    tm_trust_encode(&without_floor, block);
    tm_sha256_state state;
    tm_sha256_init(&state);
    tm_sha256_update(&state, TM_DOMAIN_TRUST_HASH, sizeof TM_DOMAIN_TRUST_HASH);  // its zero byte included
    tm_sha256_update(&state, block, TM_TRUST_BLOCK_CRC32_OFFSET);
    tm_sha256_final(&state, hash);
}

void tm_trust_constant_hash(const tm_trust *trust, uint8_t hash[32]) {
    uint8_t numbers[16];
    tm_store64_be(numbers, trust->chain_id);
    tm_store64_be(numbers + 8, trust->manufacturer_id);
    const uint8_t recovery[2] = {trust->recovery_threshold, trust->recovery_count};
    tm_sha256_state state;
    tm_sha256_init(&state);
    tm_sha256_update(&state, TM_DOMAIN_CONSTANT_HASH, sizeof TM_DOMAIN_CONSTANT_HASH);  // its zero byte included
    tm_sha256_update(&state, numbers, sizeof numbers);
    tm_sha256_update(&state, trust->vendor_id, sizeof trust->vendor_id);
    tm_sha256_update(&state, trust->class_id, sizeof trust->class_id);
    tm_sha256_update(&state, recovery, sizeof recovery);
    tm_sha256_update(&state, trust->keys[trust->witness_count],
                     (size_t)trust->recovery_count * TM_COMPRESSED_KEY_BYTES);
    tm_sha256_final(&state, hash);
}

bool tm_trust_advance_floor(tm_trust *trust, uint64_t number, uint64_t timestamp) {
    if (number <= trust->floor_number) return false;
    const uint64_t distance = number - trust->floor_number;
    trust->floor_number += distance < TM_LIMIT_FLOOR_STEP ? distance : TM_LIMIT_FLOOR_STEP;
    if (timestamp > trust->floor_timestamp) trust->floor_timestamp = timestamp;
    return true;
}
