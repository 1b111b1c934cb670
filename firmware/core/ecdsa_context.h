// SPDX-License-Identifier: Apache-2.0
#ifndef TM_ECDSA_CONTEXT_H
#define TM_ECDSA_CONTEXT_H

#include <secp256k1.h>

// A context that can sign, in static memory. Never NULL.
const secp256k1_context *tm_ecdsa_signing_context(void);

#endif
