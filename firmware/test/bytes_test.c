// SPDX-License-Identifier: Apache-2.0
#include "tap.h"

int main(void) {
    uint8_t b[8];
    tm_store64_be(b, 0x0102030405060708u);
    ok_bytes(b, hex("0102030405060708"), "big-endian store, 64 bits");
    ok(tm_load64_be(b) == 0x0102030405060708u && tm_load32_be(b) == 0x01020304u && tm_load16_be(b) == 0x0102u,
       "big-endian loads");
    tm_store64_le(b, 0x0102030405060708u);
    ok_bytes(b, hex("0807060504030201"), "little-endian store, 64 bits");
    ok(tm_load64_le(b) == 0x0102030405060708u && tm_load32_le(b) == 0x05060708u && tm_load16_le(b) == 0x0708u,
       "little-endian loads");

    bool every = true;
    for (int byte = 0; byte < 8; byte++) {
        for (int bit = 0; bit < 8; bit++) {
            uint8_t other[8];
            memcpy(other, b, sizeof b);
            other[byte] ^= (uint8_t)(1 << bit);
            every = every && !tm_equal(b, other, sizeof b) && tm_equal(b, other, (size_t)byte);
        }
    }
    ok(every, "a difference in any one bit is seen, and only within the length");
    ok(tm_equal(b, b, 0), "nothing equals nothing");

    ok(tm_bytes_compare(text("a"), text("ab")) < 0 && tm_bytes_compare(text("b"), text("ab")) > 0 &&
           tm_bytes_compare(text("ab"), text("ab")) == 0 && tm_bytes_compare(text(""), text("")) == 0,
       "order is bytewise, a prefix first");
    ok(!tm_bytes_equal(text("a"), text("ab")) && tm_bytes_equal(text("ab"), text("ab")),
       "views of other lengths differ");

    tm_wipe(b, sizeof b);
    ok_bytes(b, hex("0000000000000000"), "wiped");
    return done();
}
