// SPDX-License-Identifier: Apache-2.0
#include "identity_cell.h"

#include <string.h>

#include "crc.h"
#include "port.h"

#define MAGIC "TMID"
#define CHIP_ID_OFF TM_CELL_HEADER
#define PUBLIC_KEY_OFF (CHIP_ID_OFF + 8u)
#define WRAPPED_OFF (PUBLIC_KEY_OFF + 33u)
#define LENGTHS_OFF (WRAPPED_OFF + TM_WRAPPED_SIZE)
#define ROOT_OFF (LENGTHS_OFF + 6u)
#define LINE_OFF (ROOT_OFF + TM_LIMIT_CERTIFICATE_BYTES)
#define DEVICE_OFF (LINE_OFF + TM_LIMIT_CERTIFICATE_BYTES)
#define RESERVED_OFF (DEVICE_OFF + TM_LIMIT_CERTIFICATE_BYTES)
#define CRC_OFF (RESERVED_OFF + 1u)
#define CELL_BYTES (CRC_OFF + 4u + TM_CELL_MAC)

_Static_assert(CELL_BYTES % 4 == 0, "whole program units");
_Static_assert(CELL_BYTES <= TM_FLASH_ESP32C3_IDENTITY0_BYTES, "a cell fits the smallest erase block");

static uint8_t cell[CELL_BYTES];

static tm_cell_store store(void) {
    const tm_flash_map *map = port_flash_map();
    return (tm_cell_store){{map->identity0, map->identity1}, MAGIC, TM_DOMAIN_IDENTITY_CELL, CELL_BYTES};
}

// After the header: its sequence is filled in by the store.
static uint32_t crc(void) {
    return tm_crc32(0, cell + CHIP_ID_OFF, CRC_OFF - CHIP_ID_OFF);
}

static bool is_own(const uint8_t chip_id[PORT_CHIP_ID_SIZE]) {
    uint8_t own[PORT_CHIP_ID_SIZE];
    port_chip_id(own);
    return memcmp(chip_id, own, sizeof own) == 0;
}

static bool is_foreign(void) {
    return memcmp(cell, MAGIC, 4) == 0 && tm_load32_be(cell + CRC_OFF) == crc() && !is_own(cell + CHIP_ID_OFF);
}

// Nothing here has this chip's seal. An own cell may only lack the end of it; another chip's is whole.
static tm_error absent_or_foreign(const tm_cell_store *cells) {
    for (uint32_t place = 0; place < 2; place++) {
        if (port_flash_read(cells->place[place].off, cell, CELL_BYTES) == TM_OK && is_foreign()) {
            return TM_ERROR_IDENTITY_FOREIGN;
        }
    }
    return TM_ERROR_IDENTITY_ABSENT;
}

static void decode(tm_identity *identity) {
    memcpy(identity->chip_id, cell + CHIP_ID_OFF, sizeof identity->chip_id);
    memcpy(identity->public_key, cell + PUBLIC_KEY_OFF, sizeof identity->public_key);
    memcpy(identity->wrapped, cell + WRAPPED_OFF, sizeof identity->wrapped);
    identity->root_len = tm_load16_be(cell + LENGTHS_OFF);
    identity->line_len = tm_load16_be(cell + LENGTHS_OFF + 2);
    identity->device_len = tm_load16_be(cell + LENGTHS_OFF + 4);
    memcpy(identity->root, cell + ROOT_OFF, sizeof identity->root);
    memcpy(identity->line, cell + LINE_OFF, sizeof identity->line);
    memcpy(identity->device, cell + DEVICE_OFF, sizeof identity->device);
}

static void encode(const tm_identity *identity) {
    memset(cell, 0, sizeof cell);
    memcpy(cell + CHIP_ID_OFF, identity->chip_id, sizeof identity->chip_id);
    memcpy(cell + PUBLIC_KEY_OFF, identity->public_key, sizeof identity->public_key);
    memcpy(cell + WRAPPED_OFF, identity->wrapped, sizeof identity->wrapped);
    tm_store16_be(cell + LENGTHS_OFF, identity->root_len);
    tm_store16_be(cell + LENGTHS_OFF + 2, identity->line_len);
    tm_store16_be(cell + LENGTHS_OFF + 4, identity->device_len);
    memcpy(cell + ROOT_OFF, identity->root, sizeof identity->root);
    memcpy(cell + LINE_OFF, identity->line, sizeof identity->line);
    memcpy(cell + DEVICE_OFF, identity->device, sizeof identity->device);
    tm_store32_be(cell + CRC_OFF, crc());
}

static bool well_formed(const tm_identity *identity) {
    return is_own(identity->chip_id) && identity->root_len <= TM_LIMIT_CERTIFICATE_BYTES &&
           identity->line_len <= TM_LIMIT_CERTIFICATE_BYTES && identity->device_len <= TM_LIMIT_CERTIFICATE_BYTES;
}

tm_error tm_identity_load(tm_identity *identity, tm_cell_newest *newest) {
    const tm_cell_store cells = store();
    memset(identity, 0, sizeof *identity);
    if (!tm_cell_read(&cells, cell, newest)) return absent_or_foreign(&cells);
    decode(identity);
    return well_formed(identity) ? TM_OK : TM_ERROR_IDENTITY_FOREIGN;
}

tm_error tm_identity_store(const tm_identity *identity, tm_cell_newest *newest) {
    const tm_cell_store cells = store();
    encode(identity);
    return tm_cell_write(&cells, cell, newest);
}

bool tm_identity_enrolled(const tm_identity *identity) {
    return identity->root_len > 0 && identity->line_len > 0 && identity->device_len > 0;
}

static tm_error keep(tm_bytes der, uint8_t *to, uint16_t *len) {
    if (der.len == 0 || der.len > TM_LIMIT_CERTIFICATE_BYTES) return TM_ERROR_FLASH_WRITE;
    memset(to, 0, TM_LIMIT_CERTIFICATE_BYTES);
    memcpy(to, der.ptr, der.len);
    *len = (uint16_t)der.len;
    return TM_OK;
}

tm_error tm_identity_enroll(tm_identity *identity, const tm_device_path *path) {
    TM_TRY(keep(path->root, identity->root, &identity->root_len));
    TM_TRY(keep(path->line, identity->line, &identity->line_len));
    return keep(path->device, identity->device, &identity->device_len);
}
