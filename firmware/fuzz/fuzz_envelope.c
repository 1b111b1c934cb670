// SPDX-License-Identifier: Apache-2.0
// A bundle up to its payload: envelope, authentication wrapper, COSE, manifest.
#include <string.h>

#include "authentication.h"
#include "envelope.h"
#include "suit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// The span's bytes, which have to lie inside the input.
static tm_bytes part(const uint8_t *data, size_t size, tm_span span) {
    if (span.off > size || span.len > size - span.off) __builtin_trap();
    return tm_bytes_of(data + span.off, span.len);
}

static void open_parts(tm_bytes authentication, tm_bytes manifest) {
    tm_authentication wrapper;
    tm_cose_sign1 cose;
    tm_manifest decoded;
    if (tm_authentication_decode(authentication, &wrapper) == TM_OK) (void)tm_cose_decode(wrapper.cose, &cose);
    (void)tm_manifest_decode(manifest, &decoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const tm_source source = tm_source_memory(tm_bytes_of(data, size));
    tm_envelope envelope;
    bool complete = false;
    open_parts(tm_bytes_of(data, size), tm_bytes_of(data, size));
    if (tm_envelope_scan(&source, (uint32_t)size + 1024, &envelope, &complete) != TM_OK || !complete) return 0;
    open_parts(part(data, size, envelope.authentication), part(data, size, envelope.manifest));
    return 0;
}
