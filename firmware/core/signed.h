// SPDX-License-Identifier: Apache-2.0
// What a failed signature is called where it stands.
#ifndef TM_SIGNED_H
#define TM_SIGNED_H

#include "error.h"

// Success and high s stay what they are; every other failure becomes the place's code.
static inline tm_error tm_signed(tm_error error, tm_error code) {
    return error == TM_OK || error == TM_ERROR_SIGNATURE_HIGH_S ? error : code;
}

#endif
