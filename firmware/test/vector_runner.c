// SPDX-License-Identifier: Apache-2.0
// tm-verdict: the device's verdicts on the build machine, for vectors that TypeScript and C have to agree on.
//
//     tm-verdict STEP STATE FILE      prints the name of the verdict: bundle, notice, rotate, lock or enroll
//     tm-verdict batch [FILE]         for every line `verdict STEP`, prints: NAME FLOOR EPOCH, as the unit stands then
//
// On rv32imc in QEMU (build/firmware/virt/tm-verdict.elf) no arguments arrive: it reads batch.txt in the folder where QEMU
// was started, by semihosting. There, and here as zero, stands behind the epoch what the verdict took:
// INSTRUCTIONS VERIFIES KECCAK-BLOCKS SHA256-BYTES; a line `costs now` prints the instructions of one each, in this order.
//
// A state is lines of a name and a value, bytes in hexadecimal; a batch (standard input without FILE) is such lines and
// verdicts in between, each line holding until it is given again:
//
//     trust BYTES          the unit's trust block, 512 bytes         rollback NUMBER
//     root BYTES           root certificate, DER; `-`: none          sequence NUMBER       of the running release
//     digest BYTES         manifest digest of the running release    security-version NUMBER
//     challenge BYTES      the one outstanding; `-`: none            slot NUMBER           room for an image, bytes
//     image BYTES          that it runs, for deltas; `-`: none
//     authentication BYTES, manifest BYTES                           the running release's signed parts, for lock
//     input BYTES          the bundle, the chain, or the enrollment
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "class_id.h"
#include "ecdsa.h"
#include "delta.h"
#include "enroll_check.h"
#include "enrollment.h"
#include "gate.h"
#include "keccak.h"
#include "lock_check.h"
#include "notice.h"
#include "sha256.h"
#include "work.h"

#define INPUT_MAX (8u * 1024u * 1024u)
#define LINE_MAX_BYTES (2u * INPUT_MAX + 64u)

typedef struct {
    tm_anchor anchor;
    tm_error trust_error;
    uint32_t rollback, security_version, slot;
    uint64_t sequence;
    uint8_t digest[32];
    bool has_challenge;
    uint8_t challenge[32];
    uint8_t authentication[TM_LIMIT_AUTHENTICATION_BYTES];
    uint8_t manifest[TM_LIMIT_MANIFEST_BYTES];
    size_t authentication_len, manifest_len;
    uint8_t image[TM_LIMIT_IMAGE_BYTES];
    size_t image_len;
    uint8_t *input;
    size_t input_len;
} state;

static state now = {.slot = TM_LIMIT_IMAGE_BYTES, .trust_error = TM_ERROR_TRUST_BLOCK_MALFORMED};

static _Noreturn void fail(const char *why, const char *what) {
    fprintf(stderr, "tm-verdict: %s %s\n", why, what);
    exit(2);
}

// -- reading a state ---------------------------------------------------------------------------------------------

static size_t bytes_of(const char *hex, uint8_t *to, size_t max) {
    size_t len = 0;
    if (strcmp(hex, "-") == 0) return 0;
    for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2, len++) {
        const char pair[3] = {hex[0], hex[1], 0};
        char *end;
        if (len == max) fail("too many bytes", "");
        to[len] = (uint8_t)strtoul(pair, &end, 16);
        if (*end != '\0') fail("not hexadecimal:", pair);
    }
    if (hex[0] != '\0') fail("half a byte:", hex);
    return len;
}

static void exactly(const char *name, const char *hex, uint8_t *to, size_t len) {
    if (bytes_of(hex, to, len) != len) fail("wrong size:", name);
}

static void set_trust(const char *hex) {
    uint8_t block[TM_TRUST_BLOCK_BYTES];
    exactly("trust", hex, block, sizeof block);
    now.trust_error = tm_trust_decode(block, &now.anchor.trust);
}

static void set_root(const char *hex) {
    now.anchor.root_len = (uint16_t)bytes_of(hex, now.anchor.root, sizeof now.anchor.root);
}

static void set_authentication(const char *hex) {
    now.authentication_len = bytes_of(hex, now.authentication, sizeof now.authentication);
}

static void set(const char *name, const char *value) {
    const uint64_t number = strtoull(value, NULL, 10);
    if (strcmp(name, "trust") == 0) set_trust(value);
    else if (strcmp(name, "root") == 0) set_root(value);
    else if (strcmp(name, "rollback") == 0) now.rollback = (uint32_t)number;
    else if (strcmp(name, "sequence") == 0) now.sequence = number;
    else if (strcmp(name, "security-version") == 0) now.security_version = (uint32_t)number;
    else if (strcmp(name, "slot") == 0) now.slot = (uint32_t)number;
    else if (strcmp(name, "digest") == 0) exactly(name, value, now.digest, sizeof now.digest);
    else if (strcmp(name, "challenge") == 0) now.has_challenge = bytes_of(value, now.challenge, 32) == 32;
    else if (strcmp(name, "authentication") == 0) set_authentication(value);
    else if (strcmp(name, "manifest") == 0) now.manifest_len = bytes_of(value, now.manifest, sizeof now.manifest);
    else if (strcmp(name, "image") == 0) now.image_len = bytes_of(value, now.image, sizeof now.image);
    else if (strcmp(name, "input") == 0) now.input_len = bytes_of(value, now.input, INPUT_MAX);
    else fail("unknown line:", name);
}

// -- steps -------------------------------------------------------------------------------------------------------

static tm_error keep(void *ctx, const tm_anchor *anchor) {
    (void)ctx;
    now.anchor = *anchor;
    return TM_OK;
}

static const tm_anchor_store store = {keep, NULL};

static tm_error hash(void *ctx, tm_bytes bytes) {
    tm_sha256_update(ctx, bytes.ptr, bytes.len);
    return TM_OK;
}

// As the installer does.
static tm_error check_delta(const tm_gate_result *gate, tm_bytes payload, tm_sha256_state *made) {
    static tm_delta delta;
    const tm_source base = tm_source_memory(tm_bytes_of(now.image, now.image_len));
    const uint32_t stream = (uint32_t)payload.len - TM_DELTA_HEADER_BYTES;
    if (payload.len <= TM_DELTA_HEADER_BYTES) return TM_ERROR_DELTA_MALFORMED;
    if (gate->envelope.payload.off + TM_DELTA_HEADER_BYTES > TM_LIMIT_BUNDLE_STAGING_BYTES) {
        return TM_ERROR_ENVELOPE_TOO_LARGE;
    }
    TM_TRY(tm_delta_check(payload.ptr, &base));
    tm_delta_begin(&delta, &base, stream, gate->manifest.image_size, (tm_delta_sink){hash, made});
    TM_TRY(tm_delta_append(&delta, tm_bytes_of(payload.ptr + TM_DELTA_HEADER_BYTES, stream)));
    return tm_delta_finish(&delta);
}

static tm_error check_image(const tm_gate_result *gate) {
    uint8_t digest[32];
    tm_sha256_state image;
    const tm_bytes payload = tm_bytes_of(now.input + gate->envelope.payload.off, gate->envelope.payload.len);
    tm_sha256_init(&image);
    if (gate->envelope.kind == TM_PAYLOAD_FIRMWARE) tm_sha256_update(&image, payload.ptr, payload.len);
    else TM_TRY(check_delta(gate, payload, &image));
    tm_sha256_final(&image, digest);
    return tm_equal(digest, gate->manifest.image_digest, 32) ? TM_OK : TM_ERROR_IMAGE_DIGEST_MISMATCH;
}

static tm_error bundle(const tm_unit *unit, const tm_source *input) {
    static tm_gate_workspace workspace;
    static tm_gate_result result;
    TM_TRY(tm_gate_check(input, (uint32_t)now.input_len, unit, &store, &workspace, &result));
    return tm_gate_passed(&result) ? check_image(&result) : TM_ERROR_INTERNAL;
}

static tm_error notice(const tm_unit *unit, const tm_source *input) {
    static tm_chain_workspace workspace;
    tm_notice_result result;
    return tm_notice(input, unit, &store, &workspace, &result);
}

static tm_error rotate(const tm_unit *unit, const tm_source *input) {
    static tm_chain_workspace workspace;
    tm_notice_result result;
    return tm_rotate(input, unit, &store, &workspace, &result);
}

static tm_error lock(const tm_unit *unit, const tm_source *input) {
    static tm_lock_workspace workspace;
    tm_lock_result result;
    const tm_release_source running = {tm_source_memory(tm_bytes_of(now.authentication, now.authentication_len)),
                                       tm_source_memory(tm_bytes_of(now.manifest, now.manifest_len))};
    return tm_lock_check(input, &running, unit, &store, &workspace, &result);
}

// The unit of a vector has the key and the model that its certificate names.
static void be_the_device(tm_bytes der, tm_trust *trust, uint8_t key[33]) {
    tm_certificate certificate;
    memset(key, 0, 33);
    if (tm_x509_parse(der, &certificate) != TM_OK) return;
    memcpy(key, certificate.public_key, 33);
    tm_class_id(trust->vendor_id, certificate.hardware_model, trust->class_id);
}

static tm_error enroll(const tm_unit *unit, tm_anchor *anchor, const tm_source *input) {
    static tm_chain_buffer buffer;
    static tm_enroll_result result;
    tm_enrollment parts;
    uint8_t key[33];
    TM_TRY(tm_enrollment_read(input, &parts));
    const tm_enroll_request request = {
        .path = {tm_bytes_of(now.input + parts.root.off, parts.root.len),
                 tm_bytes_of(now.input + parts.line.off, parts.line.len),
                 tm_bytes_of(now.input + parts.device.off, parts.device.len)},
        .chain = tm_source_memory(tm_bytes_of(now.input + parts.chain.off, parts.chain.len)),
    };
    be_the_device(request.path.device, &anchor->trust, key);
    TM_TRY(tm_enroll_check(&request, key, unit, &buffer, &result));
    return keep(NULL, &result.anchor);
}

static tm_error verdict(const char *step) {
    static tm_anchor anchor;
    const tm_source input = tm_source_memory(tm_bytes_of(now.input, now.input_len));
    const tm_unit unit = {.anchor = &anchor, .rollback = now.rollback, .running_sequence = now.sequence,
                          .running_security_version = now.security_version, .running_digest = now.digest,
                          .challenge = now.has_challenge ? now.challenge : NULL, .slot_bytes = now.slot};
    TM_TRY(now.trust_error);
    anchor = now.anchor;
    if (strcmp(step, "bundle") == 0) return bundle(&unit, &input);
    if (strcmp(step, "notice") == 0) return notice(&unit, &input);
    if (strcmp(step, "rotate") == 0) return rotate(&unit, &input);
    if (strcmp(step, "lock") == 0) return lock(&unit, &input);
    if (strcmp(step, "enroll") != 0) fail("unknown step:", step);
    return enroll(&unit, &anchor, &input);
}

// -- the program -------------------------------------------------------------------------------------------------

#ifdef __riscv
static uint32_t instructions(void) {
    uint32_t count;
    __asm__ volatile("csrr %0, minstret" : "=r"(count));
    return count;
}
#else
static uint32_t instructions(void) {
    return 0;
}
#endif

// Mean of some signatures by the generator's key that do not verify: it takes as long to find out.
static uint32_t verify_cost(void) {
    static const uint8_t generator[33] = {2,    0x79, 0xbe, 0x66, 0x7e, 0xf9, 0xdc, 0xbb, 0xac, 0x55, 0xa0,
                                          0x62, 0x95, 0xce, 0x87, 0x0b, 0x07, 0x02, 0x9b, 0xfc, 0xdb, 0x2d,
                                          0xce, 0x28, 0xd9, 0x59, 0xf2, 0x81, 0x5b, 0x16, 0xf8, 0x17, 0x98};
    enum { SIGNATURES = 16 };
    uint32_t sum = 0;
    for (uint32_t i = 0; i < SIGNATURES; i++) {
        uint8_t digest[32], signature[64];
        tm_sha256(&i, sizeof i, digest);
        tm_sha256(digest, sizeof digest, signature);
        tm_sha256(signature, 32, signature + 32);
        signature[32] &= 0x3f;  // low s
        const uint32_t start = instructions();
        (void)tm_ecdsa_verify(digest, signature, generator);
        sum += instructions() - start;
    }
    return sum / SIGNATURES;
}

static void print_costs(void) {
    static const uint8_t some[1024] = {0};
    uint8_t digest[32];
    const uint32_t start = instructions();
    tm_keccak256(some, 7 * TM_KECCAK256_RATE - 1, digest);
    const uint32_t keccak = instructions();
    tm_sha256(some, sizeof some, digest);
    const uint32_t end = instructions();
    printf("%" PRIu32 " %" PRIu32 " %" PRIu32 "\n", verify_cost(), (keccak - start) / 7,
           (end - keccak) / (uint32_t)sizeof some);
}

static void print_verdict(const char *step) {
    const tm_anchor before = now.anchor;
    const tm_work work = tm_work_done;
    const uint32_t start = instructions();
    const char *const name = tm_error_name(verdict(step));
    const uint32_t end = instructions();
    printf("%s %" PRIu64 " %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRIu32 "\n", name,
           now.anchor.trust.floor_number, now.anchor.trust.epoch, end - start, tm_work_done.verifies - work.verifies,
           tm_work_done.keccak_blocks - work.keccak_blocks, tm_work_done.sha256_bytes - work.sha256_bytes);
    now.anchor = before;
}

static void read_lines(FILE *file) {
    char *const line = malloc(LINE_MAX_BYTES);
    if (line == NULL) fail("no memory", "");
    while (fgets(line, LINE_MAX_BYTES, file) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        char *const value = strchr(line, ' ');
        if (line[0] == '\0' || line[0] == '#') continue;
        if (value == NULL) fail("a line without a value:", line);
        *value = '\0';
        if (strcmp(line, "verdict") == 0) print_verdict(value + 1);
        else if (strcmp(line, "costs") == 0) print_costs();
        else set(line, value + 1);
    }
    free(line);
}

static FILE *open_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail("cannot read", path);
    return file;
}

int main(int argc, char **argv) {
    now.input = malloc(INPUT_MAX);
    if (now.input == NULL) fail("no memory", "");
#ifdef __riscv
    if (argc == 0) {
        read_lines(open_file("batch.txt"));
        return 0;
    }
#endif
    if (argc >= 2 && argc <= 3 && strcmp(argv[1], "batch") == 0) {
        read_lines(argc == 3 ? open_file(argv[2]) : stdin);
        return 0;
    }
    if (argc != 4) fail("usage: tm-verdict STEP STATE FILE | tm-verdict batch [FILE]", "");
    read_lines(open_file(argv[2]));
    now.input_len = fread(now.input, 1, INPUT_MAX, open_file(argv[3]));
    puts(tm_error_name(verdict(argv[1])));
    return 0;
}
