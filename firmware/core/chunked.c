// SPDX-License-Identifier: Apache-2.0
#include "chunked.h"

#include <string.h>

#include "sha256.h"
#include "source_hash.h"
#include "staging.h"

// The object that is coming in; one at a time, its command known by finish.
static struct {
    tm_chunked_finish finish;
    tm_staging_ticket ticket;
    uint32_t len;
    uint8_t sha[TM_SHA256_SIZE];
} object;

static bool under_way(tm_chunked_finish finish) {
    return object.finish == finish && tm_staging_holds(object.ticket);
}

static tm_error begin(tm_smp_call *call, tm_chunked_finish finish) {
    uint32_t len;
    uint8_t sha[TM_SHA256_SIZE];
    TM_TRY(tm_smp_uint(call, "len", 0, &len));
    TM_TRY(tm_smp_bstr_fixed(call, "sha", sha, sizeof sha));
    if (len == 0) return TM_ERROR_MESSAGE_FIELD;
    if (len > TM_LIMIT_BUNDLE_STAGING_BYTES) return TM_ERROR_MESSAGE_TOO_LARGE;
    object.finish = NULL;
    TM_TRY(tm_staging_begin(&object.ticket));
    object.finish = finish;
    object.len = len;
    memcpy(object.sha, sha, sizeof sha);
    return TM_OK;
}

static tm_error answer_offset(tm_smp_call *call, uint32_t off) {
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "off");
    tm_cbor_put_uint(&call->response, off);
    return TM_OK;
}

static tm_error complete(tm_smp_call *call, tm_chunked_finish finish) {
    uint8_t sha[TM_SHA256_SIZE];
    const tm_source whole = tm_staging_source();
    object.finish = NULL;
    TM_TRY(tm_sha256_source(&whole, sha));
    if (!tm_equal(sha, object.sha, sizeof sha)) return TM_ERROR_CHUNK_DIGEST;
    return finish(call, &whole);
}

tm_error tm_chunked(tm_smp_call *call, tm_chunked_finish finish) {
    uint32_t off;
    tm_bytes data;
    TM_TRY(tm_smp_uint(call, "off", UINT32_MAX, &off));
    TM_TRY(tm_smp_bstr(call, "data", &data));
    if (off == UINT32_MAX || data.len == 0) return TM_ERROR_MESSAGE_FIELD;
    if (off == 0) TM_TRY(begin(call, finish));
    if (!under_way(finish)) return answer_offset(call, 0);
    const uint32_t staged = tm_staging_source().len;
    if (off != staged) return answer_offset(call, staged);
    if (data.len > object.len - staged) return TM_ERROR_MESSAGE_FIELD;
    TM_TRY(tm_staging_append(object.ticket, data));
    if (staged + data.len < object.len) return answer_offset(call, staged + (uint32_t)data.len);
    return complete(call, finish);
}
