// SPDX-License-Identifier: Apache-2.0
// One-time memory is pflash bank 1, whole and apart from the flash: a clone of the flash is not a clone of the chip.
// There is no erase here.
#include "one_time_fields.h"
#include "registers.h"
#include "virt.h"

void one_time_read(uint32_t off, void *to, size_t len) {
    virt_bank_read(VIRT_ONE_TIME + off, to, len);
}

tm_error one_time_program(uint32_t off, const void *from, size_t len) {
    if (off > ONE_TIME_BYTES || len > ONE_TIME_BYTES - off || off % 4u != 0 || len % 4u != 0) {
        return TM_ERROR_ONE_TIME_MEMORY;
    }
    return virt_bank_program(VIRT_ONE_TIME + off, from, len) == TM_OK ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
}
