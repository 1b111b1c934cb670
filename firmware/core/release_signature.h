// SPDX-License-Identifier: Apache-2.0
// Who signed a release: manifest digest, OTA certificate under the root, COSE signature. Everything is done twice, each
// time from bytes read and parsed anew: one skipped instruction passed a single verify of libsecp256k1 at 34 sites, none
// passed two.
#ifndef TM_RELEASE_SIGNATURE_H
#define TM_RELEASE_SIGNATURE_H

#include "source.h"
#include "x509.h"

// Where the signed parts stand: the authentication wrapper's bytes and the manifest's, each without its byte string head.
typedef struct {
    tm_source authentication;
    tm_source manifest;
} tm_release_source;

typedef struct {
    uint8_t manifest_digest[32];
    uint8_t signer[33];
    int64_t not_before;  // of the OTA certificate, unix seconds
    int64_t not_after;
} tm_release_signature;

// Scratch for one wrapper or one manifest.
typedef struct {
    uint8_t bytes[TM_LIMIT_AUTHENTICATION_BYTES];
} tm_release_buffer;

// Against the pinned root certificate: names, manufacturer and chain agree, too. ENVELOPE_*, MANIFEST_DIGEST_MISMATCH,
// COSE_*, DER_MALFORMED, CERT_*, SIGNATURE_*.
tm_error tm_release_authenticate(const tm_release_source *release, const tm_certificate *root,
                                 tm_release_buffer *buffer, tm_release_signature *signature);

// Against a root's public key alone, as the bootloader has it.
tm_error tm_release_authenticate_by_key(const tm_release_source *release, const uint8_t root_key[33],
                                        tm_release_buffer *buffer, tm_release_signature *signature);

// The manifest's digest agrees with its wrapper's; nobody's signature is checked.
tm_error tm_release_digest(const tm_release_source *release, tm_release_buffer *buffer, uint8_t manifest_digest[32]);

#endif
