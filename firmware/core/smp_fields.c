// SPDX-License-Identifier: Apache-2.0
#include "smp.h"

// value: a cursor on the key's value. False where the request has no such key, or null under it: Go's clients write what
// they leave out so.
static bool find(const tm_smp_call *call, const char *key, tm_cbor *value) {
    if (tm_cbor_find(&call->request, key, value) != TM_OK || tm_cbor_done(value)) return false;
    tm_cbor at = *value;
    return tm_cbor_null(&at) != TM_OK;
}

static tm_error field(tm_error read) {
    return read == TM_OK ? TM_OK : TM_ERROR_MESSAGE_FIELD;
}

tm_error tm_smp_uint(const tm_smp_call *call, const char *key, uint32_t absent, uint32_t *value) {
    tm_cbor at;
    *value = absent;
    return find(call, key, &at) ? field(tm_cbor_uint32(&at, value)) : TM_OK;
}

tm_error tm_smp_uint64(const tm_smp_call *call, const char *key, bool *present, uint64_t *value) {
    tm_cbor at;
    *value = 0;
    *present = find(call, key, &at);
    return *present ? field(tm_cbor_uint(&at, value)) : TM_OK;
}

tm_error tm_smp_bool(const tm_smp_call *call, const char *key, bool *value) {
    tm_cbor at;
    *value = false;
    return find(call, key, &at) ? field(tm_cbor_bool(&at, value)) : TM_OK;
}

tm_error tm_smp_bstr(const tm_smp_call *call, const char *key, tm_bytes *value) {
    tm_cbor at;
    *value = tm_bytes_of(NULL, 0);
    return find(call, key, &at) ? field(tm_cbor_bstr(&at, value)) : TM_OK;
}

tm_error tm_smp_tstr(const tm_smp_call *call, const char *key, tm_bytes *value) {
    tm_cbor at;
    *value = tm_bytes_of(NULL, 0);
    return find(call, key, &at) ? field(tm_cbor_tstr(&at, value)) : TM_OK;
}

tm_error tm_smp_bstr_fixed(const tm_smp_call *call, const char *key, void *value, size_t len) {
    tm_cbor at;
    return find(call, key, &at) ? field(tm_cbor_bstr_fixed(&at, value, len)) : TM_ERROR_MESSAGE_FIELD;
}
