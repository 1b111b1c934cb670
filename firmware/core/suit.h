// SPDX-License-Identifier: Apache-2.0
// The SUIT manifest in the one profile of protocol/bundle.md: one component, one order of commands, our license condition
// before the fetch.
#ifndef TM_SUIT_H
#define TM_SUIT_H

#include "bytes.h"
#include "error.h"

typedef struct {
    uint64_t sequence_number;  // below 2^53
    uint8_t vendor_id[16];
    uint8_t class_id[16];
    uint8_t image_digest[32];
    uint32_t image_size;       // bytes, not 0
    // license block
    uint64_t chain_id;
    uint8_t board[20];
    uint8_t board_code_hash[32];
    uint64_t manufacturer_id;
    uint32_t security_version;
    uint64_t min_block;
    char version[TM_LIMIT_VERSION_BYTES + 1];  // "MAJOR.MINOR.PATCH"
} tm_manifest;

// encoded: the manifest itself, without its byte string's head. MANIFEST_MALFORMED, PROOF_TYPE_UNKNOWN.
tm_error tm_manifest_decode(tm_bytes encoded, tm_manifest *manifest);

#endif
