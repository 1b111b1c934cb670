// SPDX-License-Identifier: Apache-2.0
// DER through the certificate parser, and every role's check on what it accepts.
#include "x509.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
    return 0;
}
