// SPDX-License-Identifier: Apache-2.0
#include <secp256k1_recovery.h>

#include "ecdsa.h"
#include "ecdsa_context.h"

tm_error tm_public_key(const uint8_t secret[32], uint8_t public_key[33]) {
    secp256k1_pubkey key;
    size_t len = 33;
    if (secp256k1_ec_pubkey_create(tm_ecdsa_signing_context(), &key, secret) != 1) return TM_ERROR_INTERNAL;
    secp256k1_ec_pubkey_serialize(secp256k1_context_static, public_key, &len, &key, SECP256K1_EC_COMPRESSED);
    return TM_OK;
}

tm_error tm_ecdsa_sign_recoverable(const uint8_t secret[32], const uint8_t digest[32], const uint8_t *extra32,
                                   uint8_t signature[65]) {
    secp256k1_ecdsa_recoverable_signature made;
    int recovery_id = 0;
    if (secp256k1_ecdsa_sign_recoverable(tm_ecdsa_signing_context(), &made, digest, secret,
                                         secp256k1_nonce_function_rfc6979, extra32) != 1)
        return TM_ERROR_INTERNAL;
    secp256k1_ecdsa_recoverable_signature_serialize_compact(secp256k1_context_static, signature, &recovery_id, &made);
    // 2 and 3 mean that r's point had x above the group order: once in 2^127.
    if (recovery_id > 1) return TM_ERROR_INTERNAL;
    signature[64] = (uint8_t)(27 + recovery_id);
    return TM_OK;
}

tm_error tm_ecdsa_sign(const uint8_t secret[32], const uint8_t digest[32], const uint8_t *extra32,
                       uint8_t signature[64]) {
    uint8_t with_v[65];
    TM_TRY(tm_ecdsa_sign_recoverable(secret, digest, extra32, with_v));
    for (int i = 0; i < 64; i++) signature[i] = with_v[i];
    return TM_OK;
}
