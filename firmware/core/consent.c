// SPDX-License-Identifier: Apache-2.0
#include "consent.h"

#include "eip712.h"

static const uint8_t OWN[][32] = {
    [TM_CONSENT_CLAIM] = TM_TYPE_HASH_CLAIM_DEVICE,
    [TM_CONSENT_PAIR] = TM_TYPE_HASH_PAIR_DEVICE,
    [TM_CONSENT_UNPAIR] = TM_TYPE_HASH_UNPAIR_DEVICE,
};

static const uint8_t DIMO[][32] = {
    [TM_CONSENT_CLAIM] = TM_TYPE_HASH_CLAIM_AFTERMARKET_DEVICE,
    [TM_CONSENT_PAIR] = TM_TYPE_HASH_PAIR_AFTERMARKET_DEVICE,
};

void tm_consent_digest(const tm_consent *consent, uint64_t chain_id, const uint8_t registry[20], uint8_t digest[32]) {
    const bool claim = consent->kind == TM_CONSENT_CLAIM;
    const bool dimo = consent->dimo && consent->kind != TM_CONSENT_UNPAIR;
    const tm_eip712_word members[] = {
        tm_eip712_bytes32(consent->token),
        claim ? tm_eip712_address(consent->owner) : tm_eip712_bytes32(consent->vehicle),
        tm_eip712_uint(consent->nonce),
        tm_eip712_uint(consent->deadline),
    };
    tm_eip712_contract_digest(dimo ? TM_EIP712_DIMO : TM_EIP712_TOUCHMARK, chain_id, registry,
                              dimo ? DIMO[consent->kind] : OWN[consent->kind], members, dimo ? 2 : 4, digest);
}
