// SPDX-License-Identifier: Apache-2.0
#include "boot_record.h"

#include <string.h>

#include "bytes.h"
#include "cell.h"
#include "port.h"

_Static_assert(TM_BOOT_RECORD_SEQUENCE_OFFSET == 4 && TM_BOOT_RECORD_SLOT_OFFSET == TM_CELL_HEADER, "a cell");
_Static_assert(TM_BOOT_RECORD_CRC32_OFFSET == TM_BOOT_RECORD_BYTES - TM_CELL_CRC, "a cell");

static tm_cell_store store(void) {
    const tm_flash_map *map = port_flash_map();
    return (tm_cell_store){{map->boot_record0, map->boot_record1}, TM_BOOT_RECORD_MAGIC, NULL, TM_BOOT_RECORD_BYTES};
}

static bool decode(const uint8_t cell[TM_BOOT_RECORD_BYTES], tm_boot_record *record) {
    record->slot = cell[TM_BOOT_RECORD_SLOT_OFFSET];
    record->state = cell[TM_BOOT_RECORD_STATE_OFFSET];
    record->previous_slot = cell[TM_BOOT_RECORD_PREVIOUS_SLOT_OFFSET];
    record->reverts = cell[TM_BOOT_RECORD_REVERTS_OFFSET];
    memcpy(record->manifest_digest, cell + TM_BOOT_RECORD_MANIFEST_DIGEST_OFFSET, 32);
    return record->slot < TM_SLOTS && record->previous_slot < TM_SLOTS &&
           record->state >= TM_BOOT_STATE_CONFIRMED && record->state <= TM_BOOT_STATE_TRIAL;
}

bool tm_boot_record_read(tm_boot_record *record) {
    const tm_cell_store cells = store();
    uint8_t cell[TM_BOOT_RECORD_BYTES];
    tm_cell_newest newest;
    return tm_cell_read(&cells, cell, &newest) && decode(cell, record);
}

tm_error tm_boot_record_write(const tm_boot_record *record) {
    const tm_cell_store cells = store();
    uint8_t cell[TM_BOOT_RECORD_BYTES];
    tm_cell_newest newest;
    (void)tm_cell_read(&cells, cell, &newest);
    memset(cell, 0, sizeof cell);
    cell[TM_BOOT_RECORD_SLOT_OFFSET] = (uint8_t)record->slot;
    cell[TM_BOOT_RECORD_STATE_OFFSET] = (uint8_t)record->state;
    cell[TM_BOOT_RECORD_PREVIOUS_SLOT_OFFSET] = (uint8_t)record->previous_slot;
    cell[TM_BOOT_RECORD_REVERTS_OFFSET] = (uint8_t)(record->reverts > 255u ? 255u : record->reverts);
    memcpy(cell + TM_BOOT_RECORD_MANIFEST_DIGEST_OFFSET, record->manifest_digest, 32);
    return tm_cell_write(&cells, cell, &newest);
}
