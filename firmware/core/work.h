// SPDX-License-Identifier: Apache-2.0
// What the core's primitives have done since the start; differences count, modulo 2^32.
#ifndef TM_WORK_H
#define TM_WORK_H

#include <stdint.h>

typedef struct {
    uint32_t verifies;       // ECDSA verifications run, each repetition for itself
    uint32_t sha256_bytes;   // of message, without padding
    uint32_t keccak_blocks;  // permutations
} tm_work;

extern tm_work tm_work_done;

#endif
