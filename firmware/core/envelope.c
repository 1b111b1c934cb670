// SPDX-License-Identifier: Apache-2.0
#include "envelope.h"

#include <string.h>

#include "cbor.h"

#define PAIRS 4u       // authentication, manifest, #chain, payload
#define LOOK_AHEAD 20u  // bytes: more than the longest head or text key takes
#define HEAD_MAX 9u     // bytes
#define TEXT_MAX 9u     // bytes: "#firmware"
#define NEED_MORE 0u    // inside this file only: neither TM_OK nor a refusal

typedef struct {
    tm_source staged;
    uint32_t off;
    uint32_t total;
} scan;

typedef struct {
    uint8_t bytes[TEXT_MAX];
    size_t len;
} text_key;

static uint32_t smaller(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

// What the cut-off at the end of the staging area means.
static tm_error beyond(const scan *at) {
    return at->total > TM_LIMIT_BUNDLE_STAGING_BYTES ? TM_ERROR_ENVELOPE_TOO_LARGE : TM_ERROR_ENVELOPE_MALFORMED;
}

static tm_error look(const scan *at) {
    const uint32_t limit = smaller(at->total, TM_LIMIT_BUNDLE_STAGING_BYTES);
    if (at->off >= limit) return beyond(at);
    return at->staged.len >= smaller(at->off + LOOK_AHEAD, limit) ? TM_OK : NEED_MORE;
}

static tm_error head(scan *at, uint8_t major, uint64_t *value) {
    uint8_t found;
    TM_TRY(look(at));
    const bool cut_off = at->off + HEAD_MAX > at->staged.len;
    TM_TRY(tm_form(tm_cbor_head_at(&at->staged, &at->off, &found, value),
                   cut_off ? beyond(at) : TM_ERROR_ENVELOPE_MALFORMED));
    return found == major ? TM_OK : TM_ERROR_ENVELOPE_MALFORMED;
}

static tm_error expect(scan *at, uint8_t major, uint64_t value) {
    uint64_t found;
    TM_TRY(head(at, major, &found));
    return found == value ? TM_OK : TM_ERROR_ENVELOPE_MALFORMED;
}

// A byte string that has to lie in front of the payload.
static tm_error part(scan *at, uint32_t limit, tm_span *span) {
    uint64_t len;
    TM_TRY(head(at, TM_CBOR_BSTR, &len));
    if (len > at->total - at->off) return TM_ERROR_ENVELOPE_MALFORMED;
    if (len > limit || at->off + len > TM_LIMIT_BUNDLE_STAGING_BYTES) return TM_ERROR_ENVELOPE_TOO_LARGE;
    *span = (tm_span){at->off, (uint32_t)len};
    at->off += (uint32_t)len;
    return TM_OK;
}

static tm_error text(scan *at, text_key *key) {
    uint64_t len;
    TM_TRY(head(at, TM_CBOR_TSTR, &len));
    if (len > TEXT_MAX || len > at->total - at->off) return TM_ERROR_ENVELOPE_MALFORMED;
    if (len > at->staged.len - at->off) return beyond(at);
    TM_TRY(tm_source_read(&at->staged, at->off, key->bytes, (size_t)len));
    key->len = (size_t)len;
    at->off += (uint32_t)len;
    return TM_OK;
}

static bool is(const text_key *key, const char *name) {
    return tm_bytes_equal(tm_bytes_of(key->bytes, key->len), tm_bytes_of(name, strlen(name)));
}

static tm_error payload(scan *at, tm_envelope *envelope) {
    text_key key;
    uint64_t len;
    TM_TRY(text(at, &key));
    if (is(&key, TM_SUIT_PAYLOAD_FIRMWARE)) {
        envelope->kind = TM_PAYLOAD_FIRMWARE;
    } else if (is(&key, TM_SUIT_PAYLOAD_DELTA)) {
        envelope->kind = TM_PAYLOAD_DELTA;
    } else {
        return TM_ERROR_ENVELOPE_MALFORMED;
    }
    TM_TRY(head(at, TM_CBOR_BSTR, &len));
    if (len != at->total - at->off) return TM_ERROR_ENVELOPE_MALFORMED;
    envelope->payload = (tm_span){at->off, (uint32_t)len};
    return TM_OK;
}

static tm_error walk(scan *at, tm_envelope *envelope) {
    text_key key;
    TM_TRY(expect(at, TM_CBOR_TAG, TM_COSE_TAG_SUIT_ENVELOPE));
    TM_TRY(expect(at, TM_CBOR_MAP, PAIRS));
    TM_TRY(expect(at, TM_CBOR_UINT, TM_SUIT_ENVELOPE_AUTHENTICATION_WRAPPER));
    TM_TRY(part(at, TM_LIMIT_AUTHENTICATION_BYTES, &envelope->authentication));
    TM_TRY(expect(at, TM_CBOR_UINT, TM_SUIT_ENVELOPE_MANIFEST));
    TM_TRY(part(at, TM_LIMIT_MANIFEST_BYTES, &envelope->manifest));
    TM_TRY(text(at, &key));
    if (!is(&key, TM_SUIT_PAYLOAD_CHAIN)) return TM_ERROR_ENVELOPE_MALFORMED;
    TM_TRY(part(at, TM_LIMIT_BUNDLE_STAGING_BYTES, &envelope->chain));
    return payload(at, envelope);
}

tm_error tm_envelope_scan(const tm_source *staged, uint32_t total, tm_envelope *envelope, bool *complete) {
    scan at = {.staged = *staged, .off = 0, .total = total};
    at.staged.len = smaller(staged->len, smaller(total, TM_LIMIT_BUNDLE_STAGING_BYTES));
    const tm_error error = walk(&at, envelope);
    *complete = error == TM_OK;
    return error == NEED_MORE ? TM_OK : error;
}

tm_error tm_envelope_release(const tm_source *staged, const tm_envelope *envelope, tm_release_source *release) {
    TM_TRY(tm_source_slice(staged, envelope->authentication.off, envelope->authentication.len,
                           &release->authentication));
    return tm_source_slice(staged, envelope->manifest.off, envelope->manifest.len, &release->manifest);
}

tm_error tm_envelope_chain(const tm_source *staged, const tm_envelope *envelope, tm_source *chain) {
    return tm_source_slice(staged, envelope->chain.off, envelope->chain.len, chain);
}
