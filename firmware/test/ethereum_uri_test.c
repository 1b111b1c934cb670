// SPDX-License-Identifier: Apache-2.0
#include "ethereum_uri.h"

#include "tap.h"

#define ADDRESS "7e5f4552091a69125d5dfcb7b8c2659029395bdf"

static void refuse(const char *uri, const char *title) {
    uint8_t address[20];
    uint64_t chain_id;
    uint8_t *exact = malloc(strlen(uri) + (*uri == '\0'));
    memcpy(exact, uri, strlen(uri));
    ok(!tm_ethereum_uri_read(tm_bytes_of(exact, strlen(uri)), address, &chain_id), "%s", title);
}

int main(void) {
    uint8_t address[20];
    uint64_t chain_id = 0;
    ok(tm_ethereum_uri_read(text("ethereum:0x" ADDRESS "@137"), address, &chain_id) && chain_id == 137 &&
           memcmp(address, hex(ADDRESS).ptr, 20) == 0,
       "address and chain id");
    ok(tm_ethereum_uri_read(text("ethereum:0x" ADDRESS "@18446744073709551615"), address, &chain_id) &&
           chain_id == UINT64_MAX,
       "chain id 2^64 - 1");
    refuse("ethereum:0x" ADDRESS "@18446744073709551616", "D22 chain id 2^64 is refused");
    refuse("ethereum:0x" ADDRESS "@99999999999999999999", "D22 chain id of 20 nines is refused");
    refuse("ethereum:0x" ADDRESS "@018446744073709551615", "D22 21 digits are refused");
    refuse("ethereum:0x" ADDRESS "@0", "chain id 0 is refused");
    refuse("ethereum:0x" ADDRESS "@01", "a leading zero is refused");
    refuse("ethereum:0x7e5f4552091a69125d5dfcb7b8c2659029395bdg@1", "a letter behind f is refused");
    refuse("ethereum:0x7e5f4552091a69125d5dfcb7b8c2659029395bd`@1", "a character before a is refused");
    refuse("ethereum:0x" ADDRESS "@1a", "other digits are refused");
    refuse("ethereum:0x" ADDRESS "@", "no chain id is refused");
    refuse("ethereum:0x" ADDRESS, "nothing behind the address is refused");
    refuse("ethereum:0x7E5f4552091A69125d5DfCb7b8C2659029395Bdf@1", "upper case is refused");
    refuse("ethereum:0x7e5f4552091a69125d5dfcb7b8c2659029395bd@1", "39 digits are refused");
    refuse("ethereum:0x7e5f4552091a69125d5dfcb7b8c2659029395bdfa@1", "41 digits are refused");
    refuse("ethereum:0y" ADDRESS "@1", "another prefix is refused");
    refuse("", "nothing is refused");
    return done();
}
