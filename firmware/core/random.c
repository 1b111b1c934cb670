// SPDX-License-Identifier: Apache-2.0
#include "random.h"

#include "drbg.h"
#include "port.h"

static tm_drbg drbg;

static tm_error seed(void) {
    uint8_t chip_id[PORT_CHIP_ID_SIZE];
    port_chip_id(chip_id);
    return tm_drbg_seed(&drbg, port_entropy, NULL, tm_bytes_of(chip_id, sizeof chip_id));
}

tm_error tm_random(void *to, size_t len) {
    const tm_bytes nothing = {NULL, 0};
    if (tm_drbg_generate(&drbg, nothing, to, len) == TM_OK) return TM_OK;
    // Not seeded yet, or due again.
    TM_TRY(seed());
    return tm_drbg_generate(&drbg, nothing, to, len);
}
