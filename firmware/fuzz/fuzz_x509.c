// SPDX-License-Identifier: Apache-2.0
// DER through the certificate parser, every role's check on what it accepts, and the walk to a root's registry.
#include <string.h>

#include "registry.h"
#include "sha256.h"
#include "x509.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Pinned, whatever it is: nothing but its DER stands between it and the walk.
static void find_registry(tm_bytes der) {
    static tm_anchor anchor;
    uint8_t registry[20];
    if (der.len > sizeof anchor.root) return;
    memcpy(anchor.root, der.ptr, der.len);
    anchor.root_len = (uint16_t)der.len;
    anchor.trust.manufacturer_id = 1;
    tm_sha256(der.ptr, der.len, anchor.trust.root_hash);
    if (tm_registry_of(&anchor, registry) != TM_OK) return;
    for (size_t at = 0; at + sizeof registry <= der.len; at++)
        if (memcmp(der.ptr + at, registry, sizeof registry) == 0) return;
    __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    tm_certificate certificate;
    if (tm_x509_parse(tm_bytes_of(data, size), &certificate) != TM_OK) return 0;
    const tm_bytes tbs = certificate.tbs;
    if (tbs.ptr < data || tbs.ptr + tbs.len > data + size) __builtin_trap();
    (void)tm_x509_check_root(&certificate);
    (void)tm_x509_check_line(&certificate);
    (void)tm_x509_check_device(&certificate);
    (void)tm_x509_check_ota(&certificate);
    (void)tm_x509_check_issued_by(&certificate, &certificate);
    find_registry(tm_bytes_of(data, size));
    return 0;
}
