// SPDX-License-Identifier: Apache-2.0
// The object of enroll (protocol/serial.md): three certificates and a #chain.
#ifndef TM_ENROLLMENT_H
#define TM_ENROLLMENT_H

#include "cbor_walk.h"

typedef struct {
    tm_span root;
    tm_span line;
    tm_span device;
    tm_span chain;
} tm_enrollment;

// CBOR_*, MESSAGE_FIELD.
tm_error tm_enrollment_read(const tm_source *source, tm_enrollment *enrollment);

#endif
