// SPDX-License-Identifier: Apache-2.0
// What a unit consents to for its owner: to be claimed, paired, unpaired. EIP-712 structures of two domains: DIMO's, as its
// registry checks them, and ours, whose signatures work once and end. The unit fills in chain and contract itself.
#ifndef TM_CONSENT_H
#define TM_CONSENT_H

#include <stdbool.h>

#include "bytes.h"
#include "error.h"

typedef enum { TM_CONSENT_CLAIM, TM_CONSENT_PAIR, TM_CONSENT_UNPAIR } tm_consent_kind;

typedef struct {
    tm_consent_kind kind;
    uint8_t token[32];       // uint256
    uint8_t owner[20];       // of a claim
    uint8_t vehicle[32];     // uint256; of the others
    bool dimo;               // DIMO's structure, which has neither nonce nor deadline; there is none to unpair
    uint64_t nonce;          // the registry's, of this device
    uint64_t deadline;       // unix seconds
} tm_consent;

void tm_consent_digest(const tm_consent *consent, uint64_t chain_id, const uint8_t registry[20], uint8_t digest[32]);

#endif
