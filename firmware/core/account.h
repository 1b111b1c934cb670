// SPDX-License-Identifier: Apache-2.0
// The value of a leaf in the state trie: RLP [nonce, balance, storageRoot, codeHash].
#ifndef TM_ACCOUNT_H
#define TM_ACCOUNT_H

#include "bytes.h"
#include "error.h"

typedef struct {
    uint8_t storage_root[32];
    uint8_t code_hash[32];
} tm_account;

// ACCOUNT_MALFORMED unless it is exactly the four fields, nonce at most 8 bytes and balance at most 32.
tm_error tm_account_decode(tm_bytes leaf, tm_account *account);

#endif
