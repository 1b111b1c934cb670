// SPDX-License-Identifier: Apache-2.0
// The 512-byte trust block (protocol/flash.md): whom a unit believes, and the highest block that it has seen.
#ifndef TM_TRUST_BLOCK_H
#define TM_TRUST_BLOCK_H

#include "bytes.h"
#include "error.h"

#define TM_COMPRESSED_KEY_BYTES 33u

typedef struct {
    uint8_t witness_threshold;   // k, more than half of witness_count
    uint8_t witness_count;
    uint8_t recovery_threshold;  // r; 0 exactly where recovery_count is 0
    uint8_t recovery_count;
    uint64_t chain_id;
    uint64_t manufacturer_id;    // 0 until enrolment
    uint8_t board[20];
    uint8_t board_code_hash[32];
    uint8_t vendor_id[16];
    uint8_t class_id[16];
    uint8_t root_hash[32];       // SHA-256 of the root certificate; zero until enrolment
    uint32_t epoch;
    uint64_t floor_number;
    uint64_t floor_timestamp;    // unix seconds
    uint8_t keys[TM_LIMIT_KEYS_IN_TRUST_BLOCK][TM_COMPRESSED_KEY_BYTES];  // witnesses, then recovery keys
} tm_trust;

// TRUST_BLOCK_MALFORMED unless every field is in range, every key distinct and of compressed form, and the rest zero.
tm_error tm_trust_decode(const uint8_t block[TM_TRUST_BLOCK_BYTES], tm_trust *trust);
void tm_trust_encode(const tm_trust *trust, uint8_t block[TM_TRUST_BLOCK_BYTES]);

// Has a root and a manufacturer.
bool tm_trust_complete(const tm_trust *trust);

// Of what trust statements change; without the floor, so that one statement serves a fleet.
void tm_trust_hash(const tm_trust *trust, uint8_t hash[32]);
// Of what never changes; burned by lock.
void tm_trust_constant_hash(const tm_trust *trust, uint8_t hash[32]);

// The floor never falls, and no single statement moves it by more than TM_LIMIT_FLOOR_STEP. True if it moved.
bool tm_trust_advance_floor(tm_trust *trust, uint64_t number, uint64_t timestamp);

#endif
