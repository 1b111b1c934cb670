// SPDX-License-Identifier: Apache-2.0
// EIP-712 digests: in the witnesses' domain {name "Touchmark", version "1", chainId}, and in those of a registry, which
// name the contract, too. A digest of one is none of the other: their domain types differ.
#ifndef TM_EIP712_H
#define TM_EIP712_H

#include <stddef.h>
#include <stdint.h>

// One member of an encoded struct.
typedef struct {
    uint8_t bytes[32];
} tm_eip712_word;

tm_eip712_word tm_eip712_uint(uint64_t value);
tm_eip712_word tm_eip712_bytes32(const uint8_t value[32]);
tm_eip712_word tm_eip712_address(const uint8_t address[20]);

// keccak256(0x1901 . domainSeparator . keccak256(typeHash . members)).
void tm_eip712_witness_digest(uint64_t chain_id, const uint8_t type_hash[32], const tm_eip712_word *members,
                              size_t count, uint8_t digest[32]);

// {name "DIMO" or "Touchmark", version "1", chainId, verifyingContract}.
typedef enum { TM_EIP712_DIMO, TM_EIP712_TOUCHMARK } tm_eip712_domain;

void tm_eip712_contract_digest(tm_eip712_domain domain, uint64_t chain_id, const uint8_t contract[20],
                               const uint8_t type_hash[32], const tm_eip712_word *members, size_t count,
                               uint8_t digest[32]);

#endif
