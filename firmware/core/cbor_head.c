// SPDX-License-Identifier: Apache-2.0
#include "cbor_head.h"

#define INFO_ONE_BYTE 24u
#define INFO_EIGHT_BYTES 27u
#define INFO_INDEFINITE 31u

#define SIMPLE_FALSE 20u
#define SIMPLE_NULL 22u

static tm_error read_indefinite(tm_cbor_mode mode, tm_cbor_head *head) {
    const bool is_break = head->major == TM_CBOR_SIMPLE;
    if (head->major == TM_CBOR_UINT || head->major == TM_CBOR_NINT || head->major == TM_CBOR_TAG ||
        (is_break && mode == TM_CBOR_STRICT))
        return TM_ERROR_CBOR_MALFORMED;
    // Strings in chunks are refused in either mode: they have no contiguous bytes to point at.
    if (mode == TM_CBOR_STRICT || head->major == TM_CBOR_BSTR || head->major == TM_CBOR_TSTR)
        return TM_ERROR_CBOR_NOT_DETERMINISTIC;
    head->indefinite = true;
    return TM_OK;
}

// False, true and null are ours; tolerantly, floats and other simple values pass as something to skip.
static tm_error check_simple(tm_cbor_mode mode, const tm_cbor_head *head) {
    if (head->info == INFO_ONE_BYTE && head->value < 32) return TM_ERROR_CBOR_MALFORMED;
    if (mode == TM_CBOR_TOLERANT) return TM_OK;
    const bool ours = head->info >= SIMPLE_FALSE && head->info <= SIMPLE_NULL;
    return ours ? TM_OK : TM_ERROR_CBOR_NOT_DETERMINISTIC;
}

// The least value that needs an argument of 1, 2, 4 or 8 bytes.
static uint64_t least_value(uint32_t bytes) {
    return bytes == 1 ? INFO_ONE_BYTE : (uint64_t)1 << (4 * bytes);
}

tm_error tm_cbor_head_read(tm_bytes *rest, tm_cbor_mode mode, tm_cbor_head *head) {
    if (rest->len == 0) return TM_ERROR_CBOR_MALFORMED;
    *head = (tm_cbor_head){.major = rest->ptr[0] >> 5, .info = rest->ptr[0] & 0x1f};
    uint32_t bytes = 0;
    if (head->info < INFO_ONE_BYTE) {
        head->value = head->info;
    } else if (head->info <= INFO_EIGHT_BYTES) {
        bytes = 1u << (head->info - INFO_ONE_BYTE);
        if (rest->len < 1 + bytes) return TM_ERROR_CBOR_MALFORMED;
        for (uint32_t i = 1; i <= bytes; i++) head->value = head->value << 8 | rest->ptr[i];
    } else if (head->info == INFO_INDEFINITE) {
        TM_TRY(read_indefinite(mode, head));
    } else {
        return TM_ERROR_CBOR_MALFORMED;
    }
    *rest = tm_bytes_of(rest->ptr + 1 + bytes, rest->len - 1 - bytes);
    if (head->major == TM_CBOR_SIMPLE) return head->indefinite ? TM_OK : check_simple(mode, head);
    const bool longer_than_needed = bytes > 0 && head->value < least_value(bytes);
    return longer_than_needed && mode == TM_CBOR_STRICT ? TM_ERROR_CBOR_NOT_DETERMINISTIC : TM_OK;
}

tm_error tm_cbor_head_at(const tm_source *source, uint32_t *off, uint8_t *major, uint64_t *value) {
    uint8_t window[TM_CBOR_HEAD_MAX];
    tm_cbor_head head;
    if (*off > source->len) return TM_ERROR_CBOR_MALFORMED;
    const uint32_t left = source->len - *off;
    const size_t len = left < sizeof window ? left : sizeof window;
    TM_TRY(tm_source_read(source, *off, window, len));
    tm_bytes rest = tm_bytes_of(window, len);
    TM_TRY(tm_cbor_head_read(&rest, TM_CBOR_STRICT, &head));
    *off += (uint32_t)(len - rest.len);
    *major = head.major;
    *value = head.value;
    return TM_OK;
}
