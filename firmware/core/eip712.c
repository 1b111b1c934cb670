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

static void domain_separator(uint64_t chain_id, uint8_t separator[32]) {
    static const uint8_t type_name_version[3][32] = {
        TM_TYPE_HASH_WITNESS_DOMAIN,
        TM_NAME_HASH_WITNESS_DOMAIN,
        TM_VERSION_HASH_WITNESS_DOMAIN,
    };
    const tm_eip712_word chain = tm_eip712_uint(chain_id);
    tm_keccak256_state state;
    tm_keccak256_init(&state);
    tm_keccak256_update(&state, type_name_version, sizeof type_name_version);
    tm_keccak256_update(&state, &chain, sizeof chain);
    tm_keccak256_final(&state, separator);
}

void tm_eip712_witness_digest(uint64_t chain_id, const uint8_t type_hash[32], const tm_eip712_word *members,
                              size_t count, uint8_t digest[32]) {
    uint8_t signed_bytes[2 + 32 + 32] = {0x19, 0x01};
    domain_separator(chain_id, signed_bytes + 2);
    tm_keccak256_state state;
    tm_keccak256_init(&state);
    tm_keccak256_update(&state, type_hash, 32);
    tm_keccak256_update(&state, members, count * sizeof *members);
    tm_keccak256_final(&state, signed_bytes + 34);
    tm_keccak256(signed_bytes, sizeof signed_bytes, digest);
}
