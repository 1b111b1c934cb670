// SPDX-License-Identifier: Apache-2.0
// One-time memory is a file of its own. There is no erase here.
#include <string.h>

#include "host.h"
#include "one_time_fields.h"

static uint8_t *memory;

void host_one_time_start(void) {
    size_t size = ONE_TIME_BYTES;
    memory = host_map(host.one_time, &size);
}

void one_time_read(uint32_t off, void *to, size_t len) {
    memcpy(to, memory + off, len);
}

tm_error one_time_program(uint32_t off, const void *from, size_t len) {
    if (off > ONE_TIME_BYTES || len > ONE_TIME_BYTES - off) return TM_ERROR_ONE_TIME_MEMORY;
    return host_nor_program(memory + off, from, len) ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
}
