// SPDX-License-Identifier: Apache-2.0
#include "csr.h"

#include "fixture/fixture_der.h"
#include "tap.h"

int main(void) {
    const fixture_key key = fixture_key_of("device");
    tm_csr_body body = {.chip_id = {1, 2, 3, 4, 5, 6, 0xab, 0xcd}};
    uint8_t info[TM_CSR_INFO_BYTES];
    uint8_t digest[32];
    uint8_t signature[64];
    uint8_t csr[TM_LIMIT_CSR_BYTES];
    memcpy(body.public_key, key.public_key, sizeof body.public_key);
    memset(body.nonce, 0x11, sizeof body.nonce);
    memset(body.firmware_digest, 0x22, sizeof body.firmware_digest);
    ok_error(tm_csr_info(&body, info, digest), TM_OK, "a request");
    fixture_sign(&key, digest, signature);
    const tm_bytes der = tm_csr_encode(info, signature, csr);
    // OpenSSL and host/src/protocol/csr.ts read this very request.
    ok_bytes(digest, hex("99c8ec8717ab77ebf70aa91d67f631330a83d38d1037a3db3401e16d1cd2c0c0"), "the bytes that are signed");
    ok(der.len <= TM_LIMIT_CSR_BYTES && der.ptr[0] == 0x30, "within its limit");
    return done();
}
