// SPDX-License-Identifier: Apache-2.0
#include "enrollment.h"

#define LAYOUT 1u
#define MEMBERS 5u

static tm_error read_certificate(tm_cbor_walk *walk, tm_span *span) {
    return tm_walk_bstr(walk, 1, TM_LIMIT_CERTIFICATE_BYTES, span);
}

tm_error tm_enrollment_read(const tm_source *source, tm_enrollment *enrollment) {
    tm_cbor_walk walk = {*source, 0};
    uint64_t layout;
    TM_TRY(tm_walk_array_of(&walk, MEMBERS));
    TM_TRY(tm_walk_uint(&walk, &layout));
    if (layout != LAYOUT) return TM_ERROR_MESSAGE_FIELD;
    TM_TRY(read_certificate(&walk, &enrollment->root));
    TM_TRY(read_certificate(&walk, &enrollment->line));
    TM_TRY(read_certificate(&walk, &enrollment->device));
    TM_TRY(tm_walk_bstr(&walk, 0, source->len, &enrollment->chain));
    return tm_walk_end(&walk);
}
