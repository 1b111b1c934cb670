// SPDX-License-Identifier: Apache-2.0
// The closed table of outcomes, numbered in protocol/protocol.json and shared with the host.
#ifndef TM_ERROR_H
#define TM_ERROR_H

#include <stdint.h>

#include "generated/protocol.h"

typedef uint32_t tm_error;

enum {
#define TM_ERROR_ENUMERATOR(NAME, code, text) TM_ERROR_##NAME = (code),
    TM_ERROR_TABLE(TM_ERROR_ENUMERATOR)
#undef TM_ERROR_ENUMERATOR
};

// The name in the table, without a prefix ("OK" for TM_OK, "UNKNOWN" for a number outside the table).
const char *tm_error_name(tm_error error);

// Leaves the function with the first refusal.
#define TM_TRY(expression)                                  \
    do {                                                    \
        const tm_error tm_try_error = (expression);         \
        if (tm_try_error != TM_OK) return tm_try_error;     \
    } while (0)

#endif
