// SPDX-License-Identifier: Apache-2.0
#include "chip.h"

#include "port.h"

static tm_error hmac(void *ctx, tm_bytes message, uint8_t tag[32]) {
    (void)ctx;
    return port_chip_hmac(&message, 1, tag);
}

const tm_chip_key tm_chip = {.hmac = hmac, .ctx = NULL};
