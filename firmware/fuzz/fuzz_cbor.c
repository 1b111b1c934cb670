// SPDX-License-Identifier: Apache-2.0
// The reader in both modes: what is strict is tolerable, too, and every accepted item can be walked to its end.
#include "cbor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(tm_cbor *in) {
    tm_cbor open[TM_LIMIT_CBOR_DEPTH + 2] = {*in};
    for (int depth = 0; depth >= 0;) {
        tm_cbor *at = &open[depth];
        uint64_t number;
        tm_bytes bytes;
        if (tm_cbor_done(at)) {
            depth--;
            continue;
        }
        switch (tm_cbor_type(at)) {
        case TM_CBOR_ARRAY:
        case TM_CBOR_MAP: {
            const bool is_map = tm_cbor_type(at) == TM_CBOR_MAP;
            if (depth + 1 == (int)(sizeof open / sizeof *open)) __builtin_trap();
            if ((is_map ? tm_cbor_map : tm_cbor_array)(at, &open[depth + 1]) != TM_OK) __builtin_trap();
            depth++;
            break;
        }
        case TM_CBOR_TAG:
            if (tm_cbor_tag(at, &number) != TM_OK) __builtin_trap();
            break;
        case TM_CBOR_UINT:
            if (tm_cbor_uint(at, &number) != TM_OK) __builtin_trap();
            break;
        case TM_CBOR_BSTR:
            if (tm_cbor_bstr(at, &bytes) != TM_OK) return;  // an indefinite string, in tolerant mode
            break;
        default:
            if (tm_cbor_skip(at) != TM_OK) __builtin_trap();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const tm_bytes bytes = tm_bytes_of(data, size);
    tm_cbor strict, tolerant;
    const tm_error strictly = tm_cbor_open(&strict, bytes, TM_CBOR_STRICT);
    const tm_error tolerantly = tm_cbor_open(&tolerant, bytes, TM_CBOR_TOLERANT);
    if (strictly == TM_OK) {
        if (tolerantly != TM_OK) __builtin_trap();
        walk(&strict);
    }
    if (tolerantly == TM_OK) walk(&tolerant);
    return 0;
}
