// SPDX-License-Identifier: Apache-2.0
// Header: magic(4) . len(4) . payload(4) . slot(4) . sha(32) . reserved(12) . CRC-32(4). Marks begin behind it.
#include "progress.h"

#include <string.h>

#include "bytes.h"
#include "crc.h"
#include "flash.h"
#include "port.h"

#define MAGIC "TMPG"
#define HEADER_BYTES 64u
#define CRC_OFF (HEADER_BYTES - 4u)
#define MARK 0xa5u  // each byte of a mark's program unit

static tm_region region(void) {
    return port_flash_map()->progress;
}

static tm_error read_header(uint8_t header[HEADER_BYTES]) {
    return port_flash_read(region().off, header, HEADER_BYTES);
}

bool tm_progress_read(tm_progress *progress) {
    uint8_t header[HEADER_BYTES];
    if (read_header(header) != TM_OK || memcmp(header, MAGIC, 4) != 0) return false;
    if (tm_crc32(0, header, CRC_OFF) != tm_load32_be(header + CRC_OFF)) return false;
    progress->len = tm_load32_be(header + 4);
    progress->payload = tm_load32_be(header + 8);
    progress->slot = tm_load32_be(header + 12);
    memcpy(progress->sha, header + 16, 32);
    return true;
}

tm_error tm_progress_begin(const tm_progress *progress) {
    uint8_t header[HEADER_BYTES] = {0};
    memcpy(header, MAGIC, 4);
    tm_store32_be(header + 4, progress->len);
    tm_store32_be(header + 8, progress->payload);
    tm_store32_be(header + 12, progress->slot);
    memcpy(header + 16, progress->sha, 32);
    tm_store32_be(header + CRC_OFF, tm_crc32(0, header, CRC_OFF));
    TM_TRY(tm_flash_erase(region(), region().size));
    return tm_flash_write(region().off, header, sizeof header);
}

static uint32_t mark_off(uint32_t index) {
    return region().off + HEADER_BYTES + index * port_flash().program;
}

tm_error tm_progress_mark(uint32_t index) {
    uint8_t mark[TM_FLASH_PROGRAM_MAX];
    memset(mark, MARK, sizeof mark);
    return port_flash_program(mark_off(index), mark, port_flash().program);
}

static bool marked(uint32_t index) {
    uint8_t mark[TM_FLASH_PROGRAM_MAX];
    const uint32_t unit = port_flash().program;
    if (port_flash_read(mark_off(index), mark, unit) != TM_OK) return false;
    for (uint32_t i = 0; i < unit; i++) {
        if (mark[i] != MARK) return false;
    }
    return true;
}

uint32_t tm_progress_count(uint32_t limit) {
    uint32_t count = 0;
    while (count < limit && marked(count)) count++;
    return count;
}

tm_error tm_progress_clear(void) {
    uint8_t header[HEADER_BYTES];
    TM_TRY(read_header(header));
    for (size_t i = 0; i < sizeof header; i++) {
        if (header[i] != 0xff) return tm_flash_erase(region(), region().size);
    }
    return TM_OK;
}
