// SPDX-License-Identifier: Apache-2.0
// Hashes of a whole source, read through a 64-byte window.
#ifndef TM_SOURCE_HASH_H
#define TM_SOURCE_HASH_H

#include "source.h"

tm_error tm_sha256_source(const tm_source *source, uint8_t digest[32]);
tm_error tm_keccak256_source(const tm_source *source, uint8_t digest[32]);

#endif
