// SPDX-License-Identifier: Apache-2.0
// EIP-712 digests in the witnesses' domain {name "Touchmark", version "1", chainId}.
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

// keccak256(0x1901 . domainSeparator . keccak256(typeHash . members)).
void tm_eip712_witness_digest(uint64_t chain_id, const uint8_t type_hash[32], const tm_eip712_word *members,
                              size_t count, uint8_t digest[32]);

#endif
