// SPDX-License-Identifier: Apache-2.0
// SPI NOR behind the mask ROM's functions. All our code runs from RAM, so the flash is never read for instructions.
#include <string.h>

#include "esp32c3.h"
#include "port.h"
#include "registers.h"
#include "rom.h"

#define SIZE TM_FLASH_ESP32C3_TOTAL_BYTES
#define ERASE TM_FLASH_ESP32C3_ERASE_BYTES
#define PROGRAM TM_FLASH_ESP32C3_PROGRAM_BYTES
#define BLOCK 65536u
#define PAGE 256u
#define STATUS_MASK 0xffffu
#define STATUS_PROTECTED 0x3cu  // block protection, BP0 to BP3

static const tm_flash_map map = TM_FLASH_MAP(ESP32C3);
static uint32_t window[PAGE / 4u];  // the ROM reads and writes whole, aligned words

// Until it is told the size, the ROM takes every flash for one of 2 MiB and fails beyond.
void esp_flash_start(void) {
    const uint32_t id = esp_read(esp_read(ROM_FLASH_CHIP));
    (void)rom_flash_configure(id, SIZE, BLOCK, ERASE, PAGE, STATUS_MASK);
    // The status register wears, and a power cut while it is written may leave it anyhow: only where it must change.
    uint32_t status;
    if (rom_flash_status(esp_read(ROM_FLASH_CHIP), &status) != 0 || (status & STATUS_PROTECTED) != 0) {
        (void)rom_flash_unlock();
    }
}

port_flash_geometry port_flash(void) {
    return (port_flash_geometry){SIZE, ERASE, PROGRAM};
}

const tm_flash_map *port_flash_map(void) {
    return &map;
}

static bool inside(uint32_t off, size_t len) {
    return off <= SIZE && len <= SIZE - off;
}

// The window's bytes from off on; returns how many of them count, at most len.
static size_t look(uint32_t off, size_t len, const uint8_t **bytes) {
    const uint32_t skip = off % 4u;
    const size_t part = len < PAGE - skip ? len : PAGE - skip;
    *bytes = (const uint8_t *)window + skip;
    return rom_flash_read(off - skip, window, (uint32_t)(skip + part + 3u) & ~3u) == 0 ? part : 0;
}

tm_error port_flash_read(uint32_t off, void *to, size_t len) {
    if (!inside(off, len)) return TM_ERROR_INTERNAL;
    for (size_t done = 0; done < len;) {
        const uint8_t *bytes;
        const size_t part = look(off + (uint32_t)done, len - done, &bytes);
        if (part == 0) return TM_ERROR_INTERNAL;
        memcpy((uint8_t *)to + done, bytes, part);
        done += part;
    }
    return TM_OK;
}

// Whether the flash holds from; with only_falling, whether it could be made to without raising a bit.
static bool agrees(uint32_t off, const uint8_t *from, size_t len, bool only_falling) {
    for (size_t done = 0; done < len;) {
        const uint8_t *bytes;
        const size_t part = look(off + (uint32_t)done, len - done, &bytes);
        if (part == 0) return false;
        for (size_t i = 0; i < part; i++) {
            const uint8_t rising = (uint8_t)(from[done + i] & ~bytes[i]);
            if (rising != 0 || (!only_falling && from[done + i] != bytes[i])) return false;
        }
        done += part;
    }
    return true;
}

tm_error port_flash_program(uint32_t off, const void *from, size_t len) {
    const uint8_t *const bytes = from;
    if (!inside(off, len) || off % PROGRAM != 0 || len % PROGRAM != 0) return TM_ERROR_FLASH_WRITE;
    if (!agrees(off, bytes, len, true)) return TM_ERROR_FLASH_WRITE;
    for (size_t done = 0; done < len;) {
        const uint32_t to = off + (uint32_t)done;
        size_t part = PAGE - to % PAGE;
        if (part > len - done) part = len - done;
        memcpy(window, bytes + done, part);
        if (rom_flash_write(to, window, (uint32_t)part) != 0) return TM_ERROR_FLASH_WRITE;
        done += part;
    }
    return agrees(off, bytes, len, false) ? TM_OK : TM_ERROR_FLASH_WRITE;
}

tm_error port_flash_erase(uint32_t off) {
    if (!inside(off, ERASE) || off % ERASE != 0) return TM_ERROR_FLASH_WRITE;
    if (rom_flash_erase(off / ERASE) != 0) return TM_ERROR_FLASH_WRITE;
    uint8_t blank[PAGE];
    memset(blank, 0xff, sizeof blank);
    for (uint32_t done = 0; done < ERASE; done += PAGE) {
        if (!agrees(off + done, blank, PAGE, false)) return TM_ERROR_FLASH_WRITE;
    }
    return TM_OK;
}
