// SPDX-License-Identifier: Apache-2.0
#include "hmac.h"

#include "vectors.h"

static void known(const char *key, const char *data, const char *tag, const char *title) {
    const tm_bytes k = hex(key), d = hex(data);
    uint8_t got[32];
    tm_hmac(k.ptr, k.len, d.ptr, d.len, got);
    ok_bytes(got, hex(tag), title);
}

static void wycheproof(int argc, char **argv) {
    const char *title = "Wycheproof: HMAC-SHA-256";
    vectors v;
    int cases = 0, wrong = 0;
    if (!vectors_open(&v, argc, argv, "hmac")) {
        skip(title, "no vectors");
        return;
    }
    while (vectors_next(&v)) {
        const tm_bytes key = hex(v.fields[2]), message = hex(v.fields[3]), tag = hex(v.fields[4]);
        const bool valid = strcmp(v.fields[0], "valid") == 0;
        uint8_t got[32];
        tm_hmac(key.ptr, key.len, message.ptr, message.len, got);
        cases++;
        if (tm_equal(got, tag.ptr, tag.len) != valid) printf("# %s\n", v.fields[1]), wrong++;
    }
    ok(cases == 174 && wrong == 0, "%s, %d cases", title, cases);
}

int main(int argc, char **argv) {
    known("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
          "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7", "RFC 4231 case 1");
    known("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", "RFC 4231 case 2: a short key");
    char key[263] = {0};
    for (int i = 0; i < 131; i++) memcpy(key + 2 * i, "aa", 2);
    known(
        key,
        "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b657920466972737 4",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54", "RFC 4231 case 6: a key above the block");

    tm_hmac_state state;
    static const uint8_t zero[sizeof state] = {0};
    uint8_t tag[32];
    tm_hmac_init(&state, "key", 3);
    tm_hmac_final(&state, tag);
    ok(memcmp(&state, zero, sizeof state) == 0, "the key is wiped from the state");
    wycheproof(argc, argv);
    return done();
}
