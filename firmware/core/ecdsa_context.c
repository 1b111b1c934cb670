// SPDX-License-Identifier: Apache-2.0
#include "ecdsa_context.h"

#include <secp256k1_preallocated.h>
#include <stddef.h>

#define CONTEXT_MAX 512u  // bytes; 216 on a 64-bit host, less on the chips

// libsecp256k1 calls these for a misused argument and a broken invariant: neither can be answered by going on.
void secp256k1_default_illegal_callback_fn(const char *message, void *data);
void secp256k1_default_error_callback_fn(const char *message, void *data);

void secp256k1_default_illegal_callback_fn(const char *message, void *data) {
    (void)message, (void)data;
    __builtin_trap();
}

void secp256k1_default_error_callback_fn(const char *message, void *data) {
    (void)message, (void)data;
    __builtin_trap();
}

const secp256k1_context *tm_ecdsa_signing_context(void) {
    static _Alignas(max_align_t) unsigned char memory[CONTEXT_MAX];
    static const secp256k1_context *context;
    if (context == NULL) {
        if (secp256k1_context_preallocated_size(SECP256K1_CONTEXT_NONE) > sizeof memory) __builtin_trap();
        context = secp256k1_context_preallocated_create(memory, SECP256K1_CONTEXT_NONE);
    }
    return context;
}
