// SPDX-License-Identifier: Apache-2.0
// The one source of randomness: the port's hardware noise, health-tested, behind an HMAC-DRBG. There is no other, so that
// a link map shows which road a key took.
#ifndef TM_RANDOM_H
#define TM_RANDOM_H

#include <stddef.h>

#include "error.h"

// ENTROPY_FAILED, to then wiped.
tm_error tm_random(void *to, size_t len);

#endif
