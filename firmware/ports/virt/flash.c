// SPDX-License-Identifier: Apache-2.0
// The flash is pflash bank 0. All code runs from RAM, so a bank is never read for instructions while it works.
#include "port.h"
#include "registers.h"
#include "virt.h"

#define ERASE TM_FLASH_VIRT_ERASE_BYTES
#define PROGRAM TM_FLASH_VIRT_PROGRAM_BYTES

static const tm_flash_map map = TM_FLASH_MAP(VIRT);

_Static_assert(TM_FLASH_VIRT_TOTAL_BYTES == VIRT_BANK_SIZE, "one bank");

port_flash_geometry port_flash(void) {
    return (port_flash_geometry){TM_FLASH_VIRT_TOTAL_BYTES, ERASE, PROGRAM};
}

const tm_flash_map *port_flash_map(void) {
    return &map;
}

static bool inside(uint32_t off, size_t len) {
    return off <= VIRT_BANK_SIZE && len <= VIRT_BANK_SIZE - off;
}

tm_error port_flash_read(uint32_t off, void *to, size_t len) {
    if (!inside(off, len)) return TM_ERROR_INTERNAL;
    virt_bank_read(VIRT_FLASH + off, to, len);
    return TM_OK;
}

tm_error port_flash_program(uint32_t off, const void *from, size_t len) {
    if (!inside(off, len) || off % PROGRAM != 0 || len % PROGRAM != 0) return TM_ERROR_FLASH_WRITE;
    return virt_bank_program(VIRT_FLASH + off, from, len);
}

tm_error port_flash_erase(uint32_t off) {
    if (!inside(off, ERASE) || off % ERASE != 0) return TM_ERROR_FLASH_WRITE;
    return virt_bank_erase(VIRT_FLASH + off);
}
