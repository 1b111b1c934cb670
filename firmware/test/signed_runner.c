// SPDX-License-Identifier: Apache-2.0
// tm-signed: what the device builds before it signs, on the build machine. For every line of standard input,
//
//     consent KIND DOMAIN CHAIN REGISTRY TOKEN SECOND NONCE DEADLINE    claim, pair or unpair; dimo or own
//     sign-in DOMAIN CLIENT NONCE ISSUED-AT ADDRESS
//     claims NONCE CHIP KEY VENDOR MODEL VERSION MANIFEST IMAGE SECURITY SLOT BOOT LIFE DEBUG TRUST NUMBER TIME ROLLBACK CLAIMS PAIRS
//
// prints the digest, or the claims set, or the name of a refusal. Bytes and texts in hexadecimal, `-` for none.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attestation.h"
#include "consent.h"
#include "sign_in.h"

// What a line allocates lives until the program ends.
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
    return "detect_leaks=0";
}

static char *rest;

static _Noreturn void fail(const char *why) {
    fprintf(stderr, "tm-signed: %s\n", why);
    exit(2);
}

static const char *word(void) {
    const char *const found = strtok_r(NULL, " \r\n", &rest);
    if (found == NULL) fail("a line too short");
    return found;
}

static uint64_t number(void) {
    return strtoull(word(), NULL, 10);
}

// In memory of its exact size, so that a sanitizer sees one byte too far.
static tm_bytes bytes(void) {
    const char *const hex = word();
    const size_t len = strcmp(hex, "-") == 0 ? 0 : strlen(hex) / 2;
    uint8_t *const to = malloc(len + (len == 0));
    if (to == NULL) fail("no memory");
    for (size_t i = 0; i < len; i++) {
        unsigned value;
        if (sscanf(hex + 2 * i, "%2x", &value) != 1) fail("not hexadecimal");
        to[i] = (uint8_t)value;
    }
    return tm_bytes_of(to, len);
}

static void fixed(uint8_t *to, size_t len) {
    const tm_bytes given = bytes();
    if (given.len != len) fail("bytes of another length");
    memcpy(to, given.ptr, len);
}

static void print(tm_bytes value) {
    for (size_t i = 0; i < value.len; i++) printf("%02x", value.ptr[i]);
    printf("\n");
}

static void consent(void) {
    const char *const kind = word();
    tm_consent given = {.kind = strcmp(kind, "claim") == 0  ? TM_CONSENT_CLAIM
                                : strcmp(kind, "pair") == 0 ? TM_CONSENT_PAIR
                                                            : TM_CONSENT_UNPAIR};
    uint8_t registry[20];
    uint8_t digest[32];
    given.dimo = strcmp(word(), "dimo") == 0;
    const uint64_t chain_id = number();
    fixed(registry, sizeof registry);
    fixed(given.token, sizeof given.token);
    if (given.kind == TM_CONSENT_CLAIM) fixed(given.owner, sizeof given.owner);
    else fixed(given.vehicle, sizeof given.vehicle);
    given.nonce = number();
    given.deadline = number();
    tm_consent_digest(&given, chain_id, registry, digest);
    print(tm_bytes_of(digest, sizeof digest));
}

static void sign_in(void) {
    tm_sign_in fields = {.domain = bytes(), .client = bytes(), .nonce = bytes()};
    uint8_t *const buf = malloc(TM_SIGN_IN_MESSAGE_BYTES);
    uint8_t digest[32];
    tm_bytes message;
    fields.issued_at = number();
    fixed(fields.address, sizeof fields.address);
    const tm_error error = tm_sign_in_message(&fields, buf, &message);
    if (error == TM_OK) {
        tm_sign_in_digest(message, digest);
        print(tm_bytes_of(digest, sizeof digest));
    } else {
        puts(tm_error_name(error));
    }
}

static void claims(void) {
    static uint8_t buf[TM_ATTESTATION_CLAIMS_BYTES];
    tm_attestation a;
    tm_bytes encoded;
    fixed(a.nonce, sizeof a.nonce);
    fixed(a.chip_id, sizeof a.chip_id);
    fixed(a.public_key, sizeof a.public_key);
    fixed(a.vendor_id, sizeof a.vendor_id);
    a.hardware_model = bytes();
    a.version = word();
    fixed(a.manifest_digest, sizeof a.manifest_digest);
    fixed(a.image_digest, sizeof a.image_digest);
    a.security_version = (uint32_t)number();
    a.slot = (uint32_t)number();
    a.boot = (uint32_t)number();
    a.life = (uint32_t)number();
    a.debug_closed = number() != 0;
    fixed(a.trust_hash, sizeof a.trust_hash);
    a.floor_number = number();
    a.floor_timestamp = number();
    a.rollback = (uint32_t)number();
    a.claims = (uint32_t)number();
    a.pairs = (uint32_t)number();
    const tm_error error = tm_attestation_claims(&a, buf, &encoded);
    if (error == TM_OK) print(encoded);
    else puts(tm_error_name(error));
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        const char *const what = strtok_r(line, " \r\n", &rest);
        if (what != NULL && strcmp(what, "consent") == 0) consent();
        else if (what != NULL && strcmp(what, "sign-in") == 0) sign_in();
        else if (what != NULL && strcmp(what, "claims") == 0) claims();
        else fail("an unknown line");
    }
    free(line);
    return 0;
}
