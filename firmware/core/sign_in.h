// SPDX-License-Identifier: Apache-2.0
// Sign-in with Ethereum (EIP-4361): the message that DIMO's sign-in service makes, built here from its few free fields, and
// the digest of EIP-191 over it. Domain and chain id are pinned (protocol.json, signIn).
#ifndef TM_SIGN_IN_H
#define TM_SIGN_IN_H

#include "bytes.h"
#include "error.h"

#define TM_SIGN_IN_MESSAGE_BYTES 512u  // at most 430: every field at its limit

typedef struct {
    tm_bytes domain;        // has to be one of the pinned
    tm_bytes client;        // host name of who asks for the sign-in: a-z, 0-9, . and - inside; TM_LIMIT_SIGN_IN_CLIENT_BYTES
    tm_bytes nonce;         // the service's: letters and digits, TM_LIMIT_SIGN_IN_NONCE_MIN to _MAX
    uint64_t issued_at;     // the service's: unix seconds, before the year 10000
    uint8_t address[20];    // the unit's
} tm_sign_in;

// SIGN_IN_DOMAIN; MESSAGE_FIELD for another field out of its form.
tm_error tm_sign_in_message(const tm_sign_in *fields, uint8_t buf[TM_SIGN_IN_MESSAGE_BYTES], tm_bytes *message);

void tm_sign_in_digest(tm_bytes message, uint8_t digest[32]);

#endif
