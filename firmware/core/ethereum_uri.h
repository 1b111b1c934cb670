// SPDX-License-Identifier: Apache-2.0
#ifndef TM_ETHEREUM_URI_H
#define TM_ETHEREUM_URI_H

#include "bytes.h"

// EIP-681: "ethereum:0x", 40 lower-case hexadecimal digits, "@", chain id in decimal without leading zero, below 2^64.
// False for anything else.
bool tm_ethereum_uri_read(tm_bytes uri, uint8_t address[20], uint64_t *chain_id);

#endif
