// SPDX-License-Identifier: Apache-2.0
// A locked unit of which no slot starts takes its release again. Until then nothing starts: recovery serves.
#include <stdlib.h>

#include "fixture/fixture_smp.h"
#include "fixture/fixture_unit.h"
#include "flow.h"
#include "nor.h"
#include "recovery.h"

#define CHUNK 1900u  // bytes

static fixture_world world;
static fixture_buffer bundle;

void flow_broken(uint32_t erase) {
    tm_boot_info boot;
    fixture_world_init(&world);
    fixture_bundle(&world, &bundle);
    fixture_unit(erase, 4);
    fixture_gated_slot(&world, 0);
    fixture_lock();
    nor_bytes()[port_flash_map()->slot_a_image.off + 100] ^= 4;
    if (fixture_start(&boot)) abort();
}

// Neither cell of the boot record is whole.
void flow_broken_with_record(uint32_t erase) {
    static const uint8_t zero[64];
    flow_broken(erase);
    const tm_flash_map *const map = port_flash_map();
    if (port_flash_program(map->boot_record0.off, zero, sizeof zero) != TM_OK) abort();
    if (port_flash_program(map->boot_record1.off, zero, sizeof zero) != TM_OK) abort();
}

bool flow_recover(void) {
    const tm_bytes bytes = tm_bytes_of(bundle.bytes, bundle.len);
    tm_error error = TM_OK;
    fixture_outcome outcome = FIXTURE_ANSWERED;
    for (uint32_t off = 0; error == TM_OK && off < bundle.len;) {
        off = fixture_upload(tm_recovery, bytes, off, CHUNK, &error, &outcome);
    }
    return error == TM_OK && outcome == FIXTURE_RESET;
}

flow_verdict flow_settle_recovery(void) {
    tm_boot_info boot;
    if (!fixture_start(&boot) && !flow_recover()) return FLOW_UNFINISHED;
    if (!fixture_start(&boot)) return FLOW_BRICK;
    return flow_entitled(&boot, &world) ? FLOW_HOLDS : FLOW_BAD_BOOT;
}
