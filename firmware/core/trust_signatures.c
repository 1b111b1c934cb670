// SPDX-License-Identifier: Apache-2.0
#include "trust_signatures.h"

#include <string.h>

#include "ecdsa.h"
#include "eip712.h"
#include "signed.h"

#define ROLES 4u

tm_error tm_trust_signature_read(tm_cbor_walk *walk, tm_trust_signature *signature) {
    TM_TRY(tm_walk_array_of(walk, 3));
    TM_TRY(tm_walk_uint(walk, &signature->role));
    TM_TRY(tm_walk_uint(walk, &signature->index));
    return tm_walk_fixed(walk, signature->signature, sizeof signature->signature);
}

// How many signers a role has.
static uint32_t signers(const tm_trust_change *change, uint64_t role) {
    switch (role) {
    case TM_CHAIN_SIGNATURE_ROLE_WITNESS: return change->old->witness_count;
    case TM_CHAIN_SIGNATURE_ROLE_ROOT: return 1;
    case TM_CHAIN_SIGNATURE_ROLE_RECOVERY: return change->old->recovery_count;
    case TM_CHAIN_SIGNATURE_ROLE_NEW_ROOT: return change->root_changes ? 1 : 0;
    default: return 0;
    }
}

static const uint8_t *key_of(const tm_trust_change *change, const tm_trust_signature *signature) {
    switch (signature->role) {
    case TM_CHAIN_SIGNATURE_ROLE_WITNESS: return change->old->keys[signature->index];
    case TM_CHAIN_SIGNATURE_ROLE_RECOVERY: return change->old->keys[change->old->witness_count + signature->index];
    case TM_CHAIN_SIGNATURE_ROLE_NEW_ROOT: return change->new_root_key;
    default: return change->root_key;
    }
}

tm_error tm_trust_signatures_form(const tm_source *chain, const tm_trust_change *change) {
    tm_cbor_walk walk = {*chain, change->statement->signatures_off};
    uint64_t role = 0;
    uint64_t next = 0;
    for (uint32_t i = 0; i < change->statement->signatures_count; i++) {
        tm_trust_signature signature;
        TM_TRY(tm_trust_signature_read(&walk, &signature));
        if (signature.role > role) next = 0;
        const bool ascending = signature.role > role || (signature.role == role && signature.index >= next);
        if (!ascending || signature.index >= signers(change, signature.role)) {
            return TM_ERROR_TRUST_STATEMENT_MALFORMED;
        }
        role = signature.role;
        next = signature.index + 1;
    }
    const bool signed_by_new_root = role == TM_CHAIN_SIGNATURE_ROLE_NEW_ROOT;  // the last role
    return signed_by_new_root == change->root_changes ? TM_OK : TM_ERROR_TRUST_STATEMENT_MALFORMED;
}

void tm_trust_statement_digest(const tm_trust_change *change, uint8_t digest[32]) {
    static const uint8_t type_hash[32] = TM_TYPE_HASH_TRUST_STATEMENT;
    uint8_t new_hash[32];
    tm_trust_hash(change->new, new_hash);
    const tm_eip712_word members[] = {
        tm_eip712_uint(change->old->chain_id),
        tm_eip712_uint(change->old->manufacturer_id),
        tm_eip712_bytes32(change->statement->old_hash),
        tm_eip712_bytes32(new_hash),
        tm_eip712_uint(change->new->epoch),
        tm_eip712_uint(change->statement->floor_number),
        tm_eip712_uint(change->statement->floor_timestamp),
    };
    tm_eip712_witness_digest(change->old->chain_id, type_hash, members, sizeof members / sizeof *members, digest);
}

static bool witnesses_change(const tm_trust_change *change) {
    const tm_trust *const old = change->old;
    const tm_trust *const new = change->new;
    return old->witness_threshold != new->witness_threshold || old->witness_count != new->witness_count ||
           memcmp(old->keys, new->keys, (size_t)old->witness_count * TM_COMPRESSED_KEY_BYTES) != 0;
}

static tm_error check_once(const tm_source *chain, const tm_trust_change *change) {
    tm_cbor_walk walk = {*chain, change->statement->signatures_off};
    uint32_t verified[ROLES] = {0};
    uint8_t digest[32];
    tm_trust_statement_digest(change, digest);
    for (uint32_t i = 0; i < change->statement->signatures_count; i++) {
        tm_trust_signature signature;
        TM_TRY(tm_trust_signature_read(&walk, &signature));
        if (signature.index >= signers(change, signature.role)) return TM_ERROR_TRUST_STATEMENT_MALFORMED;
        TM_TRY(tm_signed(tm_ecdsa_verify(digest, signature.signature, key_of(change, &signature)),
                         TM_ERROR_TRUST_SIGNATURES));
        verified[signature.role]++;
    }
    const bool witnesses = verified[TM_CHAIN_SIGNATURE_ROLE_WITNESS] >= change->old->witness_threshold;
    const bool root = verified[TM_CHAIN_SIGNATURE_ROLE_ROOT] == 1;
    const bool recovery = change->old->recovery_threshold > 0 &&
                          verified[TM_CHAIN_SIGNATURE_ROLE_RECOVERY] >= change->old->recovery_threshold;
    const bool new_root = !change->root_changes || verified[TM_CHAIN_SIGNATURE_ROLE_NEW_ROOT] == 1;
    if (!new_root || witnesses + root + recovery < 2) return TM_ERROR_TRUST_SIGNATURES;
    // Recovery keys replace what is lost; the one that signs beside them stays as it is.
    if (!witnesses && change->root_changes) return TM_ERROR_TRUST_SIGNATURES;
    return !root && witnesses_change(change) ? TM_ERROR_TRUST_SIGNATURES : TM_OK;
}

tm_error tm_trust_signatures_check(const tm_source *chain, const tm_trust_change *change) {
    TM_TRY(check_once(chain, change));
    return check_once(chain, change);
}
