// SPDX-License-Identifier: Apache-2.0
// tm-path: the device's verdicts over certificate paths, on the build machine. For every line of standard input,
//
//     KIND ROOTHASH AT CERTIFICATE...     device or ota; SHA-256 of the pinned root; unix seconds or -; DER, leaf first
//
// prints the name of the verdict. Bytes in hexadecimal.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "class_id.h"
#include "device_path.h"
#include "sha256.h"

#define CERTIFICATES_MAX 4u

typedef struct {
    bool is_device;
    uint8_t root_hash[32];
    const char *at;
    size_t count;  // of the line, kept or not
    tm_bytes der[CERTIFICATES_MAX];
} path;

static _Noreturn void fail(const char *why) {
    fprintf(stderr, "tm-path: %s\n", why);
    exit(2);
}

// In memory of its exact size, so that a sanitizer sees one byte too far.
static tm_bytes bytes_of(const char *hex) {
    const size_t len = strlen(hex) / 2;
    uint8_t *const bytes = malloc(len + (len == 0));
    if (bytes == NULL) fail("no memory");
    for (size_t i = 0; i < len; i++) {
        unsigned value;
        if (sscanf(hex + 2 * i, "%2x", &value) != 1) fail("not hexadecimal");
        bytes[i] = (uint8_t)value;
    }
    return tm_bytes_of(bytes, len);
}

static const char *word(char **rest) {
    const char *const found = strtok_r(NULL, " \r\n", rest);
    if (found == NULL) fail("a line too short");
    return found;
}

static path read_path(char *line) {
    char *rest;
    const char *const kind = strtok_r(line, " \r\n", &rest);
    path p = {.is_device = kind != NULL && strcmp(kind, "device") == 0};
    const tm_bytes hash = bytes_of(word(&rest));
    if (hash.len != sizeof p.root_hash) fail("not a hash");
    memcpy(p.root_hash, hash.ptr, hash.len);
    free((void *)hash.ptr);
    p.at = word(&rest);
    for (const char *hex; (hex = strtok_r(NULL, " \r\n", &rest)) != NULL; p.count++)
        if (p.count < CERTIFICATES_MAX) p.der[p.count] = bytes_of(hex);
    return p;
}

static tm_error check_time(const tm_certificate *certificate, const path *p) {
    return strcmp(p->at, "-") == 0 ? TM_OK : tm_x509_check_time(certificate, strtoull(p->at, NULL, 10));
}

// As a unit that has the leaf's key and is of its model and chain.
static tm_error check_device(const path *p) {
    const tm_device_path ders = {.device = p->der[0], .line = p->der[1], .root = p->der[2]};
    tm_certificate device;
    tm_trust trust = {0};
    tm_device_path_facts facts;
    TM_TRY(tm_x509_parse(ders.device, &device));
    trust.chain_id = device.chain_id;
    tm_class_id(trust.vendor_id, device.hardware_model, trust.class_id);
    TM_TRY(tm_device_path_check(&ders, device.public_key, &trust, &facts));
    return check_time(&device, p);
}

static tm_error check_ota(const path *p) {
    tm_certificate leaf, root;
    TM_TRY(tm_x509_parse(p->der[0], &leaf));
    TM_TRY(tm_x509_check_ota(&leaf));
    TM_TRY(tm_x509_parse(p->der[1], &root));
    TM_TRY(tm_x509_check_root(&root));
    TM_TRY(tm_x509_check_issued_by(&leaf, &root));
    TM_TRY(tm_x509_verify_signed_by(&leaf, root.public_key));
    TM_TRY(tm_x509_check_issued_by(&root, &root));
    TM_TRY(tm_x509_verify_signed_by(&root, root.public_key));
    TM_TRY(check_time(&leaf, p));
    return check_time(&root, p);
}

static tm_error check(const path *p) {
    uint8_t hash[32];
    if (p->count != (p->is_device ? 3u : 2u)) return TM_ERROR_CERT_PATH_LENGTH;
    const tm_bytes root = p->der[p->count - 1];
    tm_sha256(root.ptr, root.len, hash);
    if (!tm_equal(hash, p->root_hash, sizeof hash)) return TM_ERROR_ROOT_MISMATCH;
    return p->is_device ? check_device(p) : check_ota(p);
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        const path p = read_path(line);
        puts(tm_error_name(check(&p)));
        for (size_t i = 0; i < p.count && i < CERTIFICATES_MAX; i++) free((void *)p.der[i].ptr);
    }
    free(line);
    return 0;
}
