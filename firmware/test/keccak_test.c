// SPDX-License-Identifier: Apache-2.0
#include "keccak.h"

#include "tap.h"

static void known(const char *message, const char *digest, const char *title) {
    uint8_t got[32];
    tm_keccak256(message, strlen(message), got);
    ok_bytes(got, hex(digest), title);
}

int main(void) {
    known("", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", "empty: Ethereum's empty code hash");
    known("abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45", "one block");
    known("testing", "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02", "another");
    known("\x80", "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421", "the empty trie's root");

    // Keccak-256 over the digests of the messages 00, 00 01, ... of 0 to 299 bytes; @noble/hashes gives the same.
    uint8_t message[300], all[300 * 32], digest[32];
    for (size_t i = 0; i < sizeof message; i++) message[i] = (uint8_t)i;
    for (size_t len = 0; len < sizeof message; len++) tm_keccak256(message, len, all + 32 * len);
    tm_keccak256(all, sizeof all, digest);
    ok_bytes(digest, hex("a7556b99d532c6a2658e83e7bf12038ea9de15dc01506e586fd97bfd3c910e1f"),
             "every length from 0 to 299");

    bool same = true;
    for (size_t first = 0; first <= 290; first++) {
        tm_keccak256_state state;
        uint8_t whole[32];
        tm_keccak256(message, 290, whole);
        tm_keccak256_init(&state);
        tm_keccak256_update(&state, message, first);
        tm_keccak256_update(&state, message + first, 290 - first);
        tm_keccak256_final(&state, digest);
        same = same && memcmp(whole, digest, 32) == 0;
    }
    ok(same, "split anywhere, the digest is the same");
    return done();
}
