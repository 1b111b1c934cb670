// SPDX-License-Identifier: Apache-2.0
#include "flash.h"

#include <string.h>

#include "port.h"

tm_error tm_flash_erase(tm_region region, uint32_t len) {
    const uint32_t block = port_flash().erase;
    if (len > region.size) return TM_ERROR_INTERNAL;
    for (uint32_t done = 0; done < len; done += block) TM_TRY(port_flash_erase(region.off + done));
    return TM_OK;
}

tm_error tm_flash_write(uint32_t off, const void *from, size_t len) {
    const size_t unit = port_flash().program;
    const size_t whole = len - len % unit;
    const uint8_t *bytes = from;
    if (unit > TM_FLASH_PROGRAM_MAX) return TM_ERROR_INTERNAL;
    if (whole > 0) TM_TRY(port_flash_program(off, bytes, whole));
    if (whole == len) return TM_OK;
    uint8_t last[TM_FLASH_PROGRAM_MAX];
    memset(last, 0xff, sizeof last);
    memcpy(last, bytes + whole, len - whole);
    return port_flash_program(off + (uint32_t)whole, last, unit);
}

static tm_error read_flash(const tm_source *source, uint32_t off, void *buf, size_t len) {
    (void)source;
    return port_flash_read(off, buf, len);
}

tm_source tm_flash_source(uint32_t off, uint32_t len) {
    return (tm_source){.read = read_flash, .ctx = NULL, .base = off, .len = len};
}
