// SPDX-License-Identifier: Apache-2.0
#include "crc.h"

#include "tap.h"

int main(void) {
    const char *check = "123456789";
    ok(tm_crc16(0, check, 9) == 0x31c3, "CRC-16/XMODEM's check value");
    ok(tm_crc32(0, check, 9) == 0xcbf43926u, "CRC-32/ISO-HDLC's check value");
    ok(tm_crc16(0, check, 0) == 0 && tm_crc32(0, check, 0) == 0, "nothing gives 0");
    bool same = true;
    for (size_t first = 0; first <= 9; first++) {
        same = same && tm_crc16(tm_crc16(0, check, first), check + first, 9 - first) == 0x31c3 &&
               tm_crc32(tm_crc32(0, check, first), check + first, 9 - first) == 0xcbf43926u;
    }
    ok(same, "split anywhere, the sums are the same");
    return done();
}
