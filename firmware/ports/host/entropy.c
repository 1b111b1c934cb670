// SPDX-License-Identifier: Apache-2.0
#include <sys/random.h>

#include "port.h"

tm_error port_entropy(void *ctx, uint8_t *to, size_t len) {
    (void)ctx;
    while (len > 0) {
        const ssize_t got = getrandom(to, len, 0);
        if (got <= 0) return TM_ERROR_ENTROPY_FAILED;
        to += got;
        len -= (size_t)got;
    }
    return TM_OK;
}
