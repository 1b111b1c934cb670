// SPDX-License-Identifier: Apache-2.0
// Every command of the unit's own groups, with fields that real requests have and values that they have not: nothing of a
// key comes out, and no signature is over bytes that the asker chose.
#include "cbor.h"
#include "chip.h"
#include "device.h"
#include "ecdsa.h"
#include "fixture/fixture_line.h"
#include "keccak.h"
#include "model.h"
#include "one_time_fields.h"
#include "os_group.h"
#include "sha256.h"
#include "tap.h"
#include "touchmark_group.h"

#define REQUESTS 12000u
#define COMMANDS 20u   // the highest number in use is 16
#define FIELDS 5u
#define VALUE_MAX 64u  // bytes

static fixture_world world;
static uint64_t state = 1;
static uint8_t values[FIELDS][VALUE_MAX];
static size_t lengths[FIELDS];

typedef struct {
    uint32_t answered, signatures, leaks, oracles;
} tally;

static uint32_t below(uint32_t limit) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % limit;
}

static const char *const KEYS[] = {"nonce", "token", "owner", "vehicle", "deadline", "domain",   "client", "issuedAt",
                                   "of",    "off",   "data",  "len",     "sha",      "d",        "format", "digest"};

static void put_value(tm_cbor_writer *out, uint32_t i) {
    static const char *const TEXTS[] = {"auth.dimo.zone", "dimo.example", "0123456789abcdef", "a"};
    static const uint8_t LENGTHS[] = {32, 32, 32, 20, 64, 8, 0, 33};
    lengths[i] = 0;
    switch (below(4)) {
        case 0: tm_cbor_put_uint(out, below(2) == 0 ? below(64) : 1700000000); return;
        case 1: tm_cbor_put_tstr(out, TEXTS[below(4)]); return;
        default:
            lengths[i] = LENGTHS[below(8)];
            for (size_t j = 0; j < lengths[i]; j++) values[i][j] = (uint8_t)below(256);
            tm_cbor_put_bstr(out, values[i], lengths[i]);
    }
}

// For one in two what a command wants, so that the handlers' ends are reached, too.
static void put_wanted(tm_cbor_writer *out, uint8_t command) {
    static const uint8_t SIZES[] = {32, 20, 32};
    const char *const names[] = {"token", command == TM_SMP_TOUCHMARK_CLAIM ? "owner" : "vehicle", "nonce"};
    const bool claim = command == TM_SMP_TOUCHMARK_CLAIM;
    const bool nonce = command <= TM_SMP_TOUCHMARK_ATTEST;
    tm_cbor_put_map(out, nonce ? 1 : 2);
    for (uint32_t i = nonce ? 2 : 0; i < (nonce ? 3u : 2u); i++) {
        lengths[i] = i == 1 && !claim ? 32 : SIZES[i];
        for (size_t j = 0; j < lengths[i]; j++) values[i][j] = (uint8_t)below(256);
        tm_cbor_put_tstr(out, names[i]);
        tm_cbor_put_bstr(out, values[i], lengths[i]);
    }
}

static tm_bytes request(uint8_t *packet, uint8_t command) {
    tm_cbor_writer out;
    tm_bytes body;
    memset(lengths, 0, sizeof lengths);
    tm_cbor_writer_init(&out, packet + TM_SMP_HEADER_BYTES, TM_SMP_PACKET_BYTES - TM_SMP_HEADER_BYTES);
    if (below(2) == 0) {
        put_wanted(&out, command);
    } else {
        const uint32_t count = below(FIELDS + 1);
        uint32_t first = below(sizeof KEYS / sizeof KEYS[0]);
        tm_cbor_put_map(&out, count);
        for (uint32_t i = 0; i < count; i++) {
            tm_cbor_put_tstr(&out, KEYS[(first + i) % (sizeof KEYS / sizeof KEYS[0])]);
            put_value(&out, i);
        }
    }
    if (tm_cbor_written(&out, &body) != TM_OK) abort();
    packet[0] = (uint8_t)(1u << 3 | (below(2) == 0 ? TM_SMP_OP_READ : TM_SMP_OP_WRITE));
    packet[1] = 0;
    tm_store16_be(packet + 2, (uint16_t)body.len);
    tm_store16_be(packet + 4, below(8) == 0 ? TM_SMP_GROUP_OS : TM_SMP_GROUP_TOUCHMARK);
    packet[6] = 0;
    packet[7] = packet[5] == TM_SMP_GROUP_OS && command == TM_SMP_OS_RESET ? TM_SMP_OS_ECHO : command;
    return tm_bytes_of(packet, TM_SMP_HEADER_BYTES + body.len);
}

static bool holds(tm_bytes bytes, const uint8_t secret[32]) {
    return memmem(bytes.ptr, bytes.len, secret, 16) != NULL || memmem(bytes.ptr, bytes.len, secret + 16, 16) != NULL;
}

// A signature over a value of the request, or over its hash, is one over bytes of the asker's choosing.
static bool is_oracle(const uint8_t *signature, const uint8_t key[33]) {
    uint8_t digest[32];
    for (uint32_t i = 0; i < FIELDS; i++) {
        if (lengths[i] == 0) continue;
        if (lengths[i] >= 32 && tm_ecdsa_verify(values[i], signature, key) == TM_OK) return true;
        tm_sha256(values[i], lengths[i], digest);
        if (tm_ecdsa_verify(digest, signature, key) == TM_OK) return true;
        tm_keccak256(values[i], lengths[i], digest);
        if (tm_ecdsa_verify(digest, signature, key) == TM_OK) return true;
    }
    return false;
}

static void look(tm_bytes answer, const uint8_t secrets[2][32], tally *count) {
    tm_cbor in, map, value;
    tm_bytes signature;
    count->answered++;
    if (holds(answer, secrets[0]) || holds(answer, secrets[1])) count->leaks++;
    const tm_bytes body = tm_bytes_of(answer.ptr + TM_SMP_HEADER_BYTES, answer.len - TM_SMP_HEADER_BYTES);
    if (tm_cbor_open(&in, body, TM_CBOR_STRICT) != TM_OK || tm_cbor_map(&in, &map) != TM_OK) return;
    if (tm_cbor_find(&map, "signature", &value) != TM_OK || tm_cbor_bstr(&value, &signature) != TM_OK) return;
    count->signatures++;
    if (is_oracle(signature.ptr, tm_the_device.identity.public_key)) count->oracles++;
}

static void read_secrets(uint8_t secrets[2][32]) {
    const tm_identity *const identity = &tm_the_device.identity;
    const tm_bytes context = tm_bytes_of(identity->chip_id, sizeof identity->chip_id);
    if (tm_unwrap(&tm_chip, context, identity->wrapped, secrets[0]) != TM_OK) abort();
    if (one_time_field(PORT_FIELD_CHIP_KEY, secrets[1]) != TM_OK) abort();
}

static void ask_all(const char *state_name) {
    static const tm_smp_group *const groups[] = {&tm_os_group, &tm_touchmark_group};
    static const tm_smp_service service = {groups, 2};
    static uint8_t packet[TM_SMP_PACKET_BYTES], response[TM_SMP_PACKET_BYTES];
    uint8_t secrets[2][32];
    tally count = {0};
    read_secrets(secrets);
    for (uint32_t i = 0; i < REQUESTS; i++) {
        tm_bytes answer;
        void (*after)(void);
        model.present = below(4) != 0;
        tm_smp_handle(&service, request(packet, (uint8_t)below(COMMANDS)), response, &answer, &after);
        if (answer.len > 0) look(answer, (const uint8_t(*)[32])secrets, &count);
    }
    ok(count.answered == REQUESTS && count.signatures > 50, "A2 %s: %u signatures in %u answers", state_name,
       count.signatures, count.answered);
    ok(count.leaks == 0, "A2 %s: no half of a key in any of them", state_name);
    ok(count.oracles == 0, "A2 %s: no signature over bytes of the asker's", state_name);
}

int main(void) {
    fixture_line_start(&world, 4096, 4);
    fixture_line_begin();
    fixture_line_enroll(&world);
    ask_all("enrolled");
    if (fixture_line_lock(&world) != TM_OK) abort();
    fixture_line_power_up();
    ask_all("locked");
    return done();
}
