// SPDX-License-Identifier: Apache-2.0
#include "self_test.h"

#include "ecdsa.h"
#include "health.h"
#include "keccak.h"
#include "port.h"
#include "sha256.h"

#define NOISE_BYTES 64u

// FIPS 180-2, appendix B.1.
static bool hashes(void) {
    static const uint8_t sha256_abc[32] = {
        0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
        0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
    };
    static const char name[] = "Touchmark";
    static const uint8_t keccak_name[32] = TM_NAME_HASH_WITNESS_DOMAIN;
    uint8_t digest[32];
    tm_sha256("abc", 3, digest);
    if (!tm_equal(digest, sha256_abc, sizeof digest)) return false;
    tm_keccak256(name, sizeof name - 1, digest);
    return tm_equal(digest, keccak_name, sizeof digest);
}

// A signature that this release makes and checks, and one bit of it that it refuses.
static bool curve(void) {
    static const uint8_t secret[32] = {1};
    static const uint8_t digest[32] = {2};
    uint8_t public_key[33];
    uint8_t signature[64];
    if (tm_public_key(secret, public_key) != TM_OK) return false;
    if (tm_ecdsa_sign(secret, digest, NULL, signature) != TM_OK) return false;
    if (tm_ecdsa_verify(digest, signature, public_key) != TM_OK) return false;
    signature[40] ^= 1;
    return tm_ecdsa_verify(digest, signature, public_key) != TM_OK;
}

static bool noise(void) {
    uint8_t samples[NOISE_BYTES];
    return tm_health_collect(port_entropy, NULL, samples, sizeof samples) == TM_OK;
}

static bool keeps_identity(const tm_device *device) {
    if (device->life < TM_LIFE_ENROLLED) return true;
    return tm_device_has_key(device) == TM_OK && tm_trust_complete(&device->moving.anchor.trust);
}

bool tm_self_test_passes(const tm_device *device) {
    return hashes() && curve() && noise() && device->running.manifest.image_size > 0 && keeps_identity(device);
}
