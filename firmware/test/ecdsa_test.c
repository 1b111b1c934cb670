// SPDX-License-Identifier: Apache-2.0
#include "ecdsa.h"

#include "sha256.h"
#include "vectors.h"

#define ORDER "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
#define ORDER_LESS_ONE "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140"
#define HALF "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0"
#define ABOVE_HALF "7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1"
#define ONE "0000000000000000000000000000000000000000000000000000000000000001"
#define ZERO "0000000000000000000000000000000000000000000000000000000000000000"
#define ELEVENS "1111111111111111111111111111111111111111111111111111111111111111"
#define TWENTY_TWOS "2222222222222222222222222222222222222222222222222222222222222222"

static void signs(const char *secret, const char *message, const char *expected, const char *title) {
    uint8_t digest[32], signature[64];
    tm_sha256(message, strlen(message), digest);
    ok(tm_ecdsa_sign(hex(secret).ptr, digest, NULL, signature) == TM_OK &&
           memcmp(signature, hex(expected).ptr, sizeof signature) == 0,
       "B12 RFC 6979: %s", title);
}

// With extra entropy and recovery id, as @noble/secp256k1 signs.
static void recoverable(const char *digest, const char *expected, uint8_t v, const char *title) {
    uint8_t signature[65];
    ok(tm_ecdsa_sign_recoverable(hex(ELEVENS).ptr, hex(digest).ptr, hex(TWENTY_TWOS).ptr, signature) == TM_OK &&
           memcmp(signature, hex(expected).ptr, 64) == 0 && signature[64] == v,
       "%s", title);
}

static void signing(void) {
    signs(ONE, "Satoshi Nakamoto",
          "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
          "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5",
          "key 1");
    signs(ONE, "All those moments will be lost in time, like tears in rain. Time to die...",
          "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b"
          "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21",
          "key 1, another message");
    signs(ORDER_LESS_ONE, "Satoshi Nakamoto",
          "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d0"
          "6b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5",
          "the last key");
    recoverable("4f14e2d30bc50993b585f9539602f73cd38a22f21da1bbcd97b1d286af1e994b",
                "9d3b0ac5c5af00e920e5358b5889f275711ef5534f3a1bacffa7451462a48a49"
                "55c6f6e6e58f5a29c0022769438d5b68e68209735626895c2d4a79b40ab448bc",
                27, "extra entropy, v 27");
    recoverable("c8882e33dd6ef342ad022735e76f39fb3671cc004a1e358c095c371e32793d3a",
                "c623affae87b68d1540734cd1ea22ccdc59f453924d7ba9445f599338a47a609"
                "40a45be847c5c81cfc17a961df30d4a89c8cb7faf73988a71b1bebbde7022db1",
                28, "extra entropy, v 28");

    uint8_t signature[64], first[64], key[33];
    const uint8_t digest[32] = {1};
    ok_error(tm_ecdsa_sign(hex(ZERO).ptr, digest, NULL, signature), TM_ERROR_INTERNAL, "the key 0 does not sign");
    ok_error(tm_ecdsa_sign(hex(ORDER).ptr, digest, NULL, signature), TM_ERROR_INTERNAL,
             "the group order does not sign");
    ok_error(tm_public_key(hex(ZERO).ptr, key), TM_ERROR_INTERNAL, "the key 0 has no public key");
    ok_error(tm_public_key(hex(ORDER).ptr, key), TM_ERROR_INTERNAL, "the group order has no public key");
    tm_ecdsa_sign(hex(ELEVENS).ptr, digest, NULL, first);
    tm_ecdsa_sign(hex(ELEVENS).ptr, digest, NULL, signature);
    ok(memcmp(first, signature, 64) == 0,
       "B12 a stuck generator repeats the signature, never the nonce for another message");
    const uint8_t other[32] = {2};
    tm_ecdsa_sign(hex(ELEVENS).ptr, other, NULL, signature);
    ok(memcmp(first, signature, 32) != 0, "B12 another message has another r");
}

static void keys(void) {
    uint8_t key[33], xy[64], address[20], point[65];
    ok(tm_public_key(hex(ONE).ptr, key) == TM_OK &&
           memcmp(key, hex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798").ptr, 33) == 0,
       "the public key of 1 is the generator");
    ok(tm_address(key, address) == TM_OK &&
           memcmp(address, hex("7e5f4552091a69125d5dfcb7b8c2659029395bdf").ptr, 20) == 0,
       "its address");
    ok(tm_public_key_expand(key, xy) == TM_OK && xy[63] == 0xb8, "its point");
    point[0] = 0x04;
    memcpy(point + 1, xy, 64);
    uint8_t back[33];
    ok(tm_public_key_from_point(tm_bytes_of(point, 65), back) == TM_OK && memcmp(back, key, 33) == 0, "and back");
    ok(tm_public_key_from_point(tm_bytes_of(key, 33), back) == TM_OK && memcmp(back, key, 33) == 0,
       "from the short form");

    const tm_error no = TM_ERROR_PUBLIC_KEY_INVALID;
    ok_error(tm_public_key_from_point(tm_bytes_of(point, 64), back), no, "B13 a point cut off is refused");
    point[0] = 0x06;
    ok_error(tm_public_key_from_point(tm_bytes_of(point, 65), back), no, "B13 a hybrid point is refused");
    point[0] = 0x04, point[64] ^= 1;
    ok_error(tm_public_key_from_point(tm_bytes_of(point, 65), back), no, "B13 a point off the curve is refused");
    ok_error(tm_public_key_from_point(tm_bytes_of(NULL, 0), back), no, "B13 nothing is no point");
    ok_error(tm_public_key_from_point(hex("00"), back), no, "B13 the point at infinity is refused");
    ok_error(tm_public_key_from_point(hex("02"
                                          "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"),
                                      back),
             no, "B13 x of the field's size is refused");
    ok_error(tm_public_key_expand(hex("02"
                                      "0000000000000000000000000000000000000000000000000000000000000005")
                                      .ptr,
                                  xy),
             no, "B13 x without a point is refused");
    ok_error(tm_address(hex("05"
                            "0000000000000000000000000000000000000000000000000000000000000001")
                            .ptr,
                        address),
             no, "B13 another form is refused");
}

static void ranges(void) {
    uint8_t key[33], signature[64];
    const uint8_t digest[32] = {1};
    tm_public_key(hex(ONE).ptr, key);
    const tm_error range = TM_ERROR_SIGNATURE_RANGE;
    ok_error(tm_ecdsa_verify(digest, hex(ZERO ONE).ptr, key), range, "B14 r of 0 is refused");
    ok_error(tm_ecdsa_verify(digest, hex(ONE ZERO).ptr, key), range, "B14 s of 0 is refused");
    ok_error(tm_ecdsa_verify(digest, hex(ORDER ONE).ptr, key), range, "B14 r of the group order is refused");
    ok_error(tm_ecdsa_verify(digest, hex(ONE ORDER).ptr, key), range, "B14 s of the group order is refused");
    ok_error(tm_ecdsa_verify(digest, hex(ONE ABOVE_HALF).ptr, key), TM_ERROR_SIGNATURE_HIGH_S,
             "D18 the least high s is refused");
    ok_error(tm_ecdsa_verify(digest, hex(ONE HALF).ptr, key), TM_ERROR_SIGNATURE_INVALID,
             "D18 the greatest low s is judged");
    tm_ecdsa_sign(hex(ONE).ptr, digest, NULL, signature);
    ok_error(tm_ecdsa_verify(digest, signature, key), TM_OK, "a signature verifies");
    int accepted = 0;
    for (int bit = 0; bit < 8 * 64; bit++) {
        signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
        accepted += tm_ecdsa_verify(digest, signature, key) == TM_OK;
        signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (int bit = 0; bit < 8 * 32; bit++) {
        uint8_t other[32] = {1};
        other[bit / 8] ^= (uint8_t)(1 << bit % 8);
        accepted += tm_ecdsa_verify(other, signature, key) == TM_OK;
    }
    ok(accepted == 0, "D8 no flipped bit of signature or digest verifies");
    key[0] ^= 1;
    ok_error(tm_ecdsa_verify(digest, signature, key), TM_ERROR_SIGNATURE_INVALID,
             "the other point with this x does not verify");
}

static void encodings(void) {
    uint8_t signature[64];
    ok(tm_ecdsa_signature_from_der(hex("300602010202017f"), signature) == TM_OK && signature[31] == 2 &&
           signature[63] == 0x7f,
       "r and s from DER");
    ok_error(tm_ecdsa_signature_from_der(hex("3006020180020101"), signature), TM_ERROR_SIGNATURE_RANGE,
             "B14 the least negative r is refused");
    ok_error(tm_ecdsa_signature_from_der(hex("300602010102010100"), signature), TM_ERROR_DER_MALFORMED,
             "B9 a byte behind the signature is refused");
}

static tm_error verify_vector(const vectors *v) {
    const tm_bytes point = hex(v->fields[3]), message = hex(v->fields[4]), encoded = hex(v->fields[5]);
    uint8_t key[33], digest[32], signature[64];
    TM_TRY(tm_public_key_from_point(point, key));
    if (strcmp(v->fields[2], "der") == 0) {
        TM_TRY(tm_ecdsa_signature_from_der(encoded, signature));
    } else if (encoded.len == sizeof signature) {
        memcpy(signature, encoded.ptr, sizeof signature);
    } else {
        return TM_ERROR_SIGNATURE_RANGE;
    }
    tm_sha256(message.ptr, message.len, digest);
    return tm_ecdsa_verify(digest, signature, key);
}

static void wycheproof(int argc, char **argv) {
    const char *title = "B9 B14 D18 Wycheproof: secp256k1, DER, low-S and raw";
    vectors v;
    int cases = 0, wrong = 0;
    if (!vectors_open(&v, argc, argv, "ecdsa")) {
        skip(title, "no vectors");
        return;
    }
    while (vectors_next(&v)) {
        const tm_error verdict = verify_vector(&v);
        const char *expected = v.fields[0];
        const bool right = strcmp(expected, "valid") == 0     ? verdict == TM_OK
                           : strcmp(expected, "invalid") == 0 ? verdict != TM_OK
                                                              : strcmp(tm_error_name(verdict), expected) == 0;
        cases++;
        if (!right) printf("# %s: %s, %s\n", v.fields[1], expected, tm_error_name(verdict)), wrong++;
    }
    ok(cases == 1191 && wrong == 0, "%s, %d cases", title, cases);
}

int main(int argc, char **argv) {
    signing();
    keys();
    ranges();
    encodings();
    wycheproof(argc, argv);
    return done();
}
