// SPDX-License-Identifier: Apache-2.0
#include "cell.h"

#include <string.h>

#include "crc.h"
#include "flash.h"
#include "port.h"

static uint32_t seal_size(const tm_cell_store *store) {
    return store->domain == NULL ? TM_CELL_CRC : TM_CELL_MAC;
}

static tm_error make_seal(const tm_cell_store *store, const uint8_t *cell, uint8_t *seal) {
    const uint32_t len = store->size - seal_size(store);
    if (store->domain == NULL) {
        tm_store32_be(seal, tm_crc32(0, cell, len));
        return TM_OK;
    }
    const tm_bytes parts[] = {tm_bytes_of(store->domain, strlen(store->domain) + 1u), tm_bytes_of(cell, len)};
    return port_chip_hmac(parts, 2, seal);
}

// True where the place holds a whole cell; it is then in cell.
static bool load(const tm_cell_store *store, uint32_t place, uint8_t *cell) {
    const uint32_t len = store->size - seal_size(store);
    uint8_t seal[TM_CELL_MAC];
    if (port_flash_read(store->place[place].off, cell, store->size) != TM_OK) return false;
    if (memcmp(cell, store->magic, 4) != 0 || make_seal(store, cell, seal) != TM_OK) return false;
    return tm_equal(seal, cell + len, seal_size(store));
}

bool tm_cell_read(const tm_cell_store *store, uint8_t *cell, tm_cell_newest *newest) {
    bool found = false;
    *newest = (tm_cell_newest){0, 0};
    for (uint32_t place = 0; place < 2; place++) {
        if (!load(store, place, cell)) continue;
        const uint32_t sequence = tm_load32_be(cell + 4);
        if (!found || sequence > newest->sequence) *newest = (tm_cell_newest){sequence, place};
        found = true;
    }
    return found && load(store, newest->place, cell);
}

tm_error tm_cell_write(const tm_cell_store *store, uint8_t *cell, tm_cell_newest *newest) {
    const tm_cell_newest next = {newest->sequence + 1u, 1u - newest->place};
    if (next.sequence == 0) return TM_ERROR_FLASH_WRITE;
    memcpy(cell, store->magic, 4);
    tm_store32_be(cell + 4, next.sequence);
    TM_TRY(make_seal(store, cell, cell + store->size - seal_size(store)));
    TM_TRY(tm_flash_erase(store->place[next.place], store->size));
    TM_TRY(tm_flash_write(store->place[next.place].off, cell, store->size));
    *newest = next;
    return TM_OK;
}
