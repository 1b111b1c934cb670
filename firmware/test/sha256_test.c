// SPDX-License-Identifier: Apache-2.0
#include "sha256.h"

#include "tap.h"

static void known(const char *message, const char *digest, const char *title) {
    uint8_t got[32];
    tm_sha256(message, strlen(message), got);
    ok_bytes(got, hex(digest), title);
}

int main(void) {
    known("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "FIPS 180-4: empty");
    known("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "FIPS 180-4: one block");
    known("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", "FIPS 180-4: two blocks");

    tm_sha256_state state;
    uint8_t digest[32], chunk[1000];
    memset(chunk, 'a', sizeof chunk);
    tm_sha256_init(&state);
    for (int i = 0; i < 1000; i++) tm_sha256_update(&state, chunk, sizeof chunk);
    tm_sha256_final(&state, digest);
    ok_bytes(digest, hex("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
             "FIPS 180-4: a million times a");

    // SHA-256 over the digests of the messages 00, 00 01, ... of 0 to 299 bytes; node:crypto gives the same.
    uint8_t message[300], all[300 * 32];
    for (size_t i = 0; i < sizeof message; i++) message[i] = (uint8_t)i;
    for (size_t len = 0; len < sizeof message; len++) tm_sha256(message, len, all + 32 * len);
    tm_sha256(all, sizeof all, digest);
    ok_bytes(digest, hex("df90175783c44235cf6aefd935a2c2747f42399416d16789ece339f1fd26d835"),
             "every length from 0 to 299");

    bool same = true;
    for (size_t first = 0; first <= 200; first++) {
        uint8_t whole[32];
        tm_sha256(message, 200, whole);
        tm_sha256_init(&state);
        tm_sha256_update(&state, message, first);
        tm_sha256_update(&state, message + first, 200 - first);
        tm_sha256_final(&state, digest);
        same = same && memcmp(whole, digest, 32) == 0;
    }
    ok(same, "split anywhere, the digest is the same");
    return done();
}
