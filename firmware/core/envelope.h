// SPDX-License-Identifier: Apache-2.0
// Where the parts of a bundle stand (protocol/bundle.md). Reads heads only, through a small window, so that it can be
// asked again after every chunk that arrives.
#ifndef TM_ENVELOPE_H
#define TM_ENVELOPE_H

#include "cbor_walk.h"
#include "release_signature.h"

typedef enum {
    TM_PAYLOAD_FIRMWARE,
    TM_PAYLOAD_DELTA,
} tm_payload_kind;

// Offsets count from the start of the bundle; spans are a byte string's contents.
typedef struct {
    tm_span authentication;
    tm_span manifest;
    tm_span chain;
    tm_span payload;
    tm_payload_kind kind;
} tm_envelope;

// Has everything before the payload arrived? staged.len bytes, at most TM_LIMIT_BUNDLE_STAGING_BYTES of them, of a
// bundle of total bytes are there. TM_OK with *complete false: no objection so far, more is needed.
// ENVELOPE_MALFORMED, ENVELOPE_TOO_LARGE.
tm_error tm_envelope_scan(const tm_source *staged, uint32_t total, tm_envelope *envelope, bool *complete);

// The signed parts as sources of their own.
tm_error tm_envelope_release(const tm_source *staged, const tm_envelope *envelope, tm_release_source *release);
tm_error tm_envelope_chain(const tm_source *staged, const tm_envelope *envelope, tm_source *chain);

#endif
