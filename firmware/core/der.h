// SPDX-License-Identifier: Apache-2.0
// Strict DER reader (X.690 sections 8, 10, 11): definite, minimal lengths; one-byte tags; nothing left over.
// DER_MALFORMED otherwise. It takes what its caller names and never recurses, so its depth is the caller's.
#ifndef TM_DER_H
#define TM_DER_H

#include "bytes.h"
#include "error.h"

enum {
    TM_DER_BOOLEAN = 0x01,
    TM_DER_INTEGER = 0x02,
    TM_DER_BIT_STRING = 0x03,
    TM_DER_OCTET_STRING = 0x04,
    TM_DER_OID = 0x06,
    TM_DER_UTF8_STRING = 0x0c,
    TM_DER_PRINTABLE_STRING = 0x13,
    TM_DER_UTC_TIME = 0x17,
    TM_DER_GENERALIZED_TIME = 0x18,
    TM_DER_SEQUENCE = 0x30,
    TM_DER_SET = 0x31,
    TM_DER_CONTEXT = 0x80,              // [n] primitive: or the number
    TM_DER_CONTEXT_CONSTRUCTED = 0xa0,  // [n] constructed: or the number
};

// Tag of the next element; 0 at the end.
uint8_t tm_der_tag(tm_bytes rest);

// Takes one element with this tag off rest.
tm_error tm_der_next(tm_bytes *rest, uint8_t tag, tm_bytes *content);
// The same, tag and length included.
tm_error tm_der_element(tm_bytes *rest, uint8_t tag, tm_bytes *element);
// The content of the one element that whole is.
tm_error tm_der_only(tm_bytes whole, uint8_t tag, tm_bytes *content);

tm_error tm_der_boolean(tm_bytes *rest, bool *value);
// Contents: minimal two's complement.
tm_error tm_der_integer(tm_bytes *rest, tm_bytes *contents);
// Not negative, at most 64 bits.
tm_error tm_der_uint(tm_bytes *rest, uint64_t *value);
// Contents, every arc in minimal form.
tm_error tm_der_oid(tm_bytes *rest, tm_bytes *contents);
// Whole bytes only (no unused bits).
tm_error tm_der_bit_bytes(tm_bytes *rest, tm_bytes *bits);
// A named bit list of up to 16 bits, without trailing zero bits (section 11.2.2); bit 0 is 0x8000.
tm_error tm_der_bit_names(tm_bytes *rest, uint16_t *bits);

// Nothing may be left.
tm_error tm_der_end(tm_bytes rest);

#endif
