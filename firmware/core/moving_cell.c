// SPDX-License-Identifier: Apache-2.0
#include "moving_cell.h"

#include <string.h>

#include "port.h"

#define MAGIC "TMMV"
#define TRUST_OFF TM_CELL_HEADER
#define ROLLBACK_OFF (TRUST_OFF + TM_TRUST_BLOCK_BYTES)
#define CLAIMS_OFF (ROLLBACK_OFF + 4u)
#define PAIRS_OFF (CLAIMS_OFF + 4u)
#define ROOT_LENGTH_OFF (PAIRS_OFF + 4u)
#define ROOT_OFF (ROOT_LENGTH_OFF + 4u)
#define CELL_BYTES (ROOT_OFF + TM_LIMIT_CERTIFICATE_BYTES + TM_CELL_MAC)

_Static_assert(CELL_BYTES % 4 == 0, "whole program units");
_Static_assert(CELL_BYTES <= TM_FLASH_ESP32C3_MOVING0_BYTES, "a cell fits the smallest erase block");

static uint8_t cell[CELL_BYTES];

static tm_cell_store store(void) {
    const tm_flash_map *map = port_flash_map();
    return (tm_cell_store){{map->moving0, map->moving1}, MAGIC, TM_DOMAIN_MOVING_CELL, CELL_BYTES};
}

tm_error tm_moving_load(tm_moving *moving, tm_cell_newest *newest) {
    const tm_cell_store cells = store();
    memset(moving, 0, sizeof *moving);
    if (!tm_cell_read(&cells, cell, newest)) return TM_ERROR_IDENTITY_ABSENT;
    TM_TRY(tm_trust_decode(cell + TRUST_OFF, &moving->anchor.trust));
    moving->rollback = tm_load32_be(cell + ROLLBACK_OFF);
    moving->claims = tm_load32_be(cell + CLAIMS_OFF);
    moving->pairs = tm_load32_be(cell + PAIRS_OFF);
    moving->anchor.root_len = tm_load16_be(cell + ROOT_LENGTH_OFF);
    memcpy(moving->anchor.root, cell + ROOT_OFF, sizeof moving->anchor.root);
    return moving->anchor.root_len <= TM_LIMIT_CERTIFICATE_BYTES ? TM_OK : TM_ERROR_TRUST_BLOCK_MALFORMED;
}

uint32_t tm_moving_rollback(void) {
    const tm_cell_store cells = store();
    const uint32_t mirror = port_counter_read(PORT_COUNTER_ROLLBACK);
    tm_cell_newest newest;
    const uint32_t counter = tm_cell_read(&cells, cell, &newest) ? tm_load32_be(cell + ROLLBACK_OFF) : 0;
    return counter > mirror ? counter : mirror;
}

tm_error tm_moving_store(const tm_moving *moving, tm_cell_newest *newest) {
    const tm_cell_store cells = store();
    memset(cell, 0, sizeof cell);
    tm_trust_encode(&moving->anchor.trust, cell + TRUST_OFF);
    tm_store32_be(cell + ROLLBACK_OFF, moving->rollback);
    tm_store32_be(cell + CLAIMS_OFF, moving->claims);
    tm_store32_be(cell + PAIRS_OFF, moving->pairs);
    tm_store16_be(cell + ROOT_LENGTH_OFF, moving->anchor.root_len);
    memcpy(cell + ROOT_OFF, moving->anchor.root, moving->anchor.root_len);
    return tm_cell_write(&cells, cell, newest);
}

tm_error tm_moving_factory(tm_trust *trust) {
    uint8_t block[TM_TRUST_BLOCK_BYTES];
    TM_TRY(port_flash_read(port_flash_map()->moving0.off, block, sizeof block));
    return tm_trust_decode(block, trust);
}
