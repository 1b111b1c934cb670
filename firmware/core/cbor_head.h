// SPDX-License-Identifier: Apache-2.0
// The first bytes of a CBOR item: major type, argument, and the checks on how they are written.
#ifndef TM_CBOR_HEAD_H
#define TM_CBOR_HEAD_H

#include "cbor.h"

#define TM_CBOR_HEAD_MAX 9u  // bytes

typedef struct {
    uint8_t major;
    uint8_t info;     // low five bits of the first byte
    bool indefinite;  // of an array or map; with major 7 it is the break
    uint64_t value;
} tm_cbor_head;

// Takes a head off rest.
tm_error tm_cbor_head_read(tm_bytes *rest, tm_cbor_mode mode, tm_cbor_head *head);

#endif
