// SPDX-License-Identifier: Apache-2.0
#include "device_key.h"

#include <string.h>

#include "chip.h"
#include "ecdsa.h"
#include "port.h"
#include "random.h"

#define BIRTH_TRIES 4  // one in 2^127 draws is no secp256k1 key

static bool chip_has_key(void) {
    uint8_t mac[32];
    return port_chip_hmac(NULL, 0, mac) == TM_OK;
}

tm_error tm_chip_key_ensure(void) {
    uint8_t key[PORT_FIELD_SIZE];
    if (chip_has_key()) return TM_OK;
    TM_TRY(tm_random(key, sizeof key));
    const tm_error burned = port_field_burn(PORT_FIELD_CHIP_KEY, key);
    tm_wipe(key, sizeof key);
    TM_TRY(burned);
    return chip_has_key() ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
}

static tm_bytes context_of(const tm_identity *identity) {
    return tm_bytes_of(identity->chip_id, sizeof identity->chip_id);
}

static tm_error draw(uint8_t secret[32], uint8_t public_key[33]) {
    for (int i = 0; i < BIRTH_TRIES; i++) {
        TM_TRY(tm_random(secret, 32));
        if (tm_public_key(secret, public_key) == TM_OK) return TM_OK;
    }
    return TM_ERROR_ENTROPY_FAILED;
}

tm_error tm_device_key_birth(tm_identity *identity) {
    uint8_t secret[32] = {0};
    memset(identity, 0, sizeof *identity);
    port_chip_id(identity->chip_id);
    tm_error error = draw(secret, identity->public_key);
    if (error == TM_OK) error = tm_wrap(&tm_chip, context_of(identity), secret, identity->wrapped);
    tm_wipe(secret, sizeof secret);
    return error;
}

tm_error tm_device_key_sign_recoverable(const tm_identity *identity, const uint8_t digest[32], uint8_t signature[65]) {
    uint8_t secret[32];
    uint8_t extra[32];
    TM_TRY(tm_random(extra, sizeof extra));
    tm_error error = tm_unwrap(&tm_chip, context_of(identity), identity->wrapped, secret);
    if (error == TM_OK) error = tm_ecdsa_sign_recoverable(secret, digest, extra, signature);
    tm_wipe(secret, sizeof secret);
    TM_TRY(error);
    // A fault while signing can give the key away: nothing leaves that does not verify.
    return tm_ecdsa_verify(digest, signature, identity->public_key) == TM_OK ? TM_OK : TM_ERROR_INTERNAL;
}

tm_error tm_device_key_sign(const tm_identity *identity, const uint8_t digest[32], uint8_t signature[64]) {
    uint8_t with_v[65];
    TM_TRY(tm_device_key_sign_recoverable(identity, digest, with_v));
    memcpy(signature, with_v, 64);
    return TM_OK;
}
