// SPDX-License-Identifier: Apache-2.0
// Strict DER reader (X.690): definite, minimal lengths; single-byte tags; nothing left over. DER_MALFORMED otherwise.
#ifndef TM_DER_H
#define TM_DER_H

#include "bytes.h"
#include "error.h"

enum {
    TM_DER_BOOLEAN = 0x01,
    TM_DER_INTEGER = 0x02,
    TM_DER_BIT_STRING = 0x03,
    TM_DER_OCTET_STRING = 0x04,
    TM_DER_NULL = 0x05,
    TM_DER_OID = 0x06,
    TM_DER_UTF8_STRING = 0x0c,
    TM_DER_PRINTABLE_STRING = 0x13,
    TM_DER_UTC_TIME = 0x17,
    TM_DER_GENERALIZED_TIME = 0x18,
    TM_DER_SEQUENCE = 0x30,
    TM_DER_SET = 0x31,
};

// Tag of the next element; 0 at the end.
uint8_t tm_der_tag(tm_bytes rest);

// Takes one element with this tag off rest.
tm_error tm_der_next(tm_bytes *rest, uint8_t tag, tm_bytes *content);
// The same, tag and length included.
tm_error tm_der_element(tm_bytes *rest, uint8_t tag, tm_bytes *element);
tm_error tm_der_skip(tm_bytes *rest);

tm_error tm_der_boolean(tm_bytes *rest, bool *value);
// Minimal two's complement, not negative; magnitude without the sign byte (empty for 0).
tm_error tm_der_unsigned(tm_bytes *rest, tm_bytes *magnitude);
// The same, at most 8 bytes.
tm_error tm_der_uint(tm_bytes *rest, uint64_t *value);
// Whole bytes only (no unused bits).
tm_error tm_der_bit_bytes(tm_bytes *rest, tm_bytes *bits);
// A named bit list of up to 16 bits, trailing zero bits removed as DER wants; bit 0 is 0x8000.
tm_error tm_der_bit_names(tm_bytes *rest, uint16_t *bits);
// UTCTime until 2049, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5), in unix seconds.
tm_error tm_der_time(tm_bytes *rest, uint64_t *seconds);

// Nothing may be left.
tm_error tm_der_end(tm_bytes rest);

#endif
