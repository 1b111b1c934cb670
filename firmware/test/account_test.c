// SPDX-License-Identifier: Apache-2.0
#include "account.h"

#include "keccak.h"
#include "storage_word.h"
#include "tap.h"

#define ROOT "a056e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
#define CODE "a0c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"

static void account(const char *encoded, tm_error expected, const char *title) {
    tm_account out;
    ok_error(tm_account_decode(hex(encoded), &out), expected, title);
}

static void word(const char *encoded, tm_error expected, const char *title) {
    uint8_t out[32];
    ok_error(tm_storage_word_decode(hex(encoded), out), expected, title);
}

int main(void) {
    const tm_error no = TM_ERROR_ACCOUNT_MALFORMED;
    tm_account out;
    ok(tm_account_decode(hex("f84401 80" ROOT CODE), &out) == TM_OK && out.storage_root[0] == 0x56 &&
           out.code_hash[0] == 0xc5,
       "an account");
    account("f8440180" ROOT CODE "00", no, "D16 bytes behind the account are refused");
    account("f8450180" ROOT CODE "00", no, "D16 a fifth field is refused");
    account("e30180" ROOT, no, "D16 a missing code hash is refused");
    account("f8440180" CODE, no, "D7 an account cut off is refused");
    account("f844c080" ROOT CODE, no, "D16 a list for the nonce is refused");
    account("f8440080" ROOT CODE, no, "D16 a nonce of zero as a byte is refused");
    account("f8440100" ROOT CODE, no, "D16 a balance with a leading zero is refused");
    account("f84d89010000000000000000 80" ROOT CODE, no, "D22 a nonce of 2^64 is refused");
    account("f86501a1010000000000000000000000000000000000000000000000000000000000000000" ROOT CODE, no,
            "D22 a balance of 2^256 is refused");
    account("f84301 80 9f e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421" CODE, no,
            "D16 a storage root of 31 bytes is refused");
    account("83018080", no, "D16 a string for the account is refused");
    account("", no, "nothing is no account");

    uint8_t value[32];
    ok(tm_storage_word_decode(hex("a00101000000010000000000000000000000000000000000000000000000000000"), value) ==
               TM_OK &&
           value[0] == 1 && value[1] == 1 && value[31] == 0,
       "a word");
    account("f86401a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" ROOT CODE, TM_OK,
            "a balance of 2^256 - 1 is read");
    account("f8448001" ROOT CODE, TM_OK, "a balance of 1 is read");
    account("f8450182 0001" ROOT CODE, no, "D16 a balance of two bytes with a leading zero is refused");
    const tm_error bad = TM_ERROR_WORD_MALFORMED;
    word("a00001000000010000000000000000000000000000000000000000000000000000", bad,
         "D16 a word with a zero top byte is refused");
    word("9f01000000010000000000000000000000000000000000000000000000000000", bad, "D16 a word of 31 bytes is refused");
    word("a0010100000001000000000000000000000000000000000000000000000000000000", bad,
         "D16 a word of 33 bytes is refused");
    word("a101010000000100000000000000000000000000000000000000000000000000", bad, "D16 another prefix is refused");
    word("01", bad, "D16 a single byte is refused");
    word("", bad, "nothing is no word");

    // Solidity: keccak256(abi.encode(uint256(1), uint256(0))), the first mapping's entry for 1.
    uint8_t key[32] = {0}, base[32] = {0};
    key[31] = 1;
    tm_storage_slot(key, base, base);
    ok_bytes(base, hex("ada5013122d395ba3c54772283fb069b10426056ef8ca54750cb9bb552a59e7d"),
             "the slot of a mapping's entry");
    return done();
}
