// SPDX-License-Identifier: Apache-2.0
// The flash is a file, mapped shared: what is written survives the end of the process, however it comes.
#include <string.h>

#include "host.h"
#include "port.h"

static const tm_flash_map map = TM_FLASH_MAP(HOST);
static uint8_t *flash;
static size_t flash_size;

void host_flash_start(void) {
    flash_size = map.progress.off + map.progress.size;
    flash = host_map(host.flash, &flash_size);
}

port_flash_geometry port_flash(void) {
    return (port_flash_geometry){(uint32_t)flash_size, host.erase, TM_FLASH_HOST_PROGRAM_BYTES};
}

const tm_flash_map *port_flash_map(void) {
    return &map;
}

static bool inside(uint32_t off, size_t len) {
    return off <= flash_size && len <= flash_size - off;
}

tm_error port_flash_read(uint32_t off, void *to, size_t len) {
    if (!inside(off, len)) return TM_ERROR_INTERNAL;
    memcpy(to, flash + off, len);
    return TM_OK;
}

tm_error port_flash_program(uint32_t off, const void *from, size_t len) {
    const uint32_t unit = TM_FLASH_HOST_PROGRAM_BYTES;
    if (!inside(off, len) || off % unit != 0 || len % unit != 0) return TM_ERROR_FLASH_WRITE;
    return host_nor_program(flash + off, from, len) ? TM_OK : TM_ERROR_FLASH_WRITE;
}

tm_error port_flash_erase(uint32_t off) {
    if (!inside(off, host.erase) || off % host.erase != 0) return TM_ERROR_FLASH_WRITE;
    memset(flash + off, 0xff, host.erase);
    return TM_OK;
}
