// SPDX-License-Identifier: Apache-2.0
// CBOR writer with shortest heads and definite lengths into a caller's buffer. The first thing that does not fit makes
// every later call a no-op, so callers check once, at tm_cbor_written. Map keys are written in the caller's order,
// which has to be ascending bytewise.
#ifndef TM_CBOR_WRITE_H
#define TM_CBOR_WRITE_H

#include "bytes.h"
#include "error.h"

typedef struct {
    uint8_t *buf;
    size_t size;
    size_t len;
    bool overflow;
} tm_cbor_writer;

void tm_cbor_writer_init(tm_cbor_writer *out, void *buf, size_t size);

void tm_cbor_put_uint(tm_cbor_writer *out, uint64_t value);
void tm_cbor_put_int(tm_cbor_writer *out, int64_t value);
void tm_cbor_put_bstr(tm_cbor_writer *out, const void *ptr, size_t len);
void tm_cbor_put_tstr(tm_cbor_writer *out, const char *text);
void tm_cbor_put_tstr_len(tm_cbor_writer *out, const char *text, size_t len);
void tm_cbor_put_array(tm_cbor_writer *out, size_t items);
void tm_cbor_put_map(tm_cbor_writer *out, size_t pairs);
void tm_cbor_put_tag(tm_cbor_writer *out, uint64_t number);
void tm_cbor_put_bool(tm_cbor_writer *out, bool value);
void tm_cbor_put_null(tm_cbor_writer *out);
// One item or more, encoded already.
void tm_cbor_put_encoded(tm_cbor_writer *out, tm_bytes encoded);
// A byte string's head alone: the caller puts its len bytes next.
void tm_cbor_put_bstr_head(tm_cbor_writer *out, size_t len);

// MESSAGE_TOO_LARGE if anything did not fit.
tm_error tm_cbor_written(const tm_cbor_writer *out, tm_bytes *encoded);

#endif
