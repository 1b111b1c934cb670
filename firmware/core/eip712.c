// SPDX-License-Identifier: Apache-2.0
#include "eip712.h"

#include <string.h>

#include "bytes.h"
#include "keccak.h"
#include "generated/protocol.h"

_Static_assert(sizeof(tm_eip712_word) == 32, "members are hashed as they stand");

tm_eip712_word tm_eip712_uint(uint64_t value) {
    tm_eip712_word word = {{0}};
    tm_store64_be(word.bytes + 24, value);
    return word;
}

tm_eip712_word tm_eip712_bytes32(const uint8_t value[32]) {
    tm_eip712_word word;
    memcpy(word.bytes, value, sizeof word.bytes);
    return word;
}

tm_eip712_word tm_eip712_address(const uint8_t address[20]) {
    tm_eip712_word word = {{0}};
    memcpy(word.bytes + 12, address, 20);
    return word;
}

// What a domain's separator hashes first: of its type, name and version.
typedef uint8_t domain_hashes[3][32];

static const domain_hashes WITNESS = {
    TM_TYPE_HASH_WITNESS_DOMAIN,
    TM_NAME_HASH_WITNESS_DOMAIN,
    TM_VERSION_HASH_WITNESS_DOMAIN,
};

static const domain_hashes CONTRACT[] = {
    [TM_EIP712_DIMO] = {TM_TYPE_HASH_DIMO_DOMAIN, TM_NAME_HASH_DIMO_DOMAIN, TM_VERSION_HASH_DIMO_DOMAIN},
    [TM_EIP712_TOUCHMARK] = {TM_TYPE_HASH_TOUCHMARK_DOMAIN, TM_NAME_HASH_TOUCHMARK_DOMAIN,
                             TM_VERSION_HASH_TOUCHMARK_DOMAIN},
};

static void hash_with_members(const void *head, size_t head_len, const tm_eip712_word *members, size_t count,
                              uint8_t hash[32]) {
    tm_keccak256_state state;
    tm_keccak256_init(&state);
    tm_keccak256_update(&state, head, head_len);
    tm_keccak256_update(&state, members, count * sizeof *members);
    tm_keccak256_final(&state, hash);
}

static void digest_in(const domain_hashes *domain, const tm_eip712_word *domain_members, size_t domain_count,
                      const uint8_t type_hash[32], const tm_eip712_word *members, size_t count, uint8_t digest[32]) {
    uint8_t signed_bytes[2 + 32 + 32] = {0x19, 0x01};
    hash_with_members(domain, sizeof *domain, domain_members, domain_count, signed_bytes + 2);
    hash_with_members(type_hash, 32, members, count, signed_bytes + 34);
    tm_keccak256(signed_bytes, sizeof signed_bytes, digest);
}

void tm_eip712_witness_digest(uint64_t chain_id, const uint8_t type_hash[32], const tm_eip712_word *members,
                              size_t count, uint8_t digest[32]) {
    const tm_eip712_word chain = tm_eip712_uint(chain_id);
    digest_in(&WITNESS, &chain, 1, type_hash, members, count, digest);
}

void tm_eip712_contract_digest(tm_eip712_domain domain, uint64_t chain_id, const uint8_t contract[20],
                               const uint8_t type_hash[32], const tm_eip712_word *members, size_t count,
                               uint8_t digest[32]) {
    const tm_eip712_word of_domain[] = {tm_eip712_uint(chain_id), tm_eip712_address(contract)};
    digest_in(&CONTRACT[domain], of_domain, 2, type_hash, members, count, digest);
}
