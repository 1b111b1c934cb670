// SPDX-License-Identifier: Apache-2.0
#include "error.h"

const char *tm_error_name(tm_error error) {
    switch (error) {
    case TM_OK: return "OK";
#define TM_ERROR_NAME(NAME, code, text) \
    case TM_ERROR_##NAME: return #NAME;
        TM_ERROR_TABLE(TM_ERROR_NAME)
#undef TM_ERROR_NAME
    default: return "UNKNOWN";
    }
}
