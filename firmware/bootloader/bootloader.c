// SPDX-License-Identifier: Apache-2.0
// Which slot starts:
//
//     record     | start                                  | record written before the launch
//     confirmed  | its slot, else the other               | none
//     pending    | its slot, on trial, else the previous  | trial; where its image is refused: confirmed, previous
//                | unsafe to reboot: the previous           | none
//     trial      | the previous: nobody confirmed         | confirmed, previous
//     none       | A, else B                              | none
//
// The record is written before the image runs, so that whatever happens to a trial, the next start is the revert.
#include "bootloader.h"

#include <string.h>

#include "boot_record.h"
#include "loader.h"
#include "port.h"
#include "recovery.h"

static bool start(uint32_t slot, tm_boot_reason reason, tm_boot_info *info) {
    info->refused[slot] = tm_loader_load(slot, info->manifest_digest);
    if (info->refused[slot] != TM_OK) return false;
    info->slot = slot;
    info->reason = reason;
    return true;
}

static bool revert(tm_boot_record *record, tm_boot_info *info) {
    const uint32_t failed = record->slot;
    record->slot = record->previous_slot;
    record->previous_slot = failed;
    record->state = TM_BOOT_STATE_CONFIRMED;
    record->reverts++;
    if (!start(record->slot, TM_BOOT_REVERTED, info)) return false;
    memcpy(record->manifest_digest, info->manifest_digest, 32);
    (void)tm_boot_record_write(record);  // if this fails, the next start reverts again
    return true;
}

static bool start_pending(tm_boot_record *record, tm_boot_info *info) {
    // A moving vehicle is no place to try something: what ran before runs on, and the trial waits.
    if (!port_safe_to_reboot()) return start(record->previous_slot, TM_BOOT_CONFIRMED, info);
    if (!start(record->slot, TM_BOOT_TRIAL, info)) return revert(record, info);
    if (!tm_equal(info->manifest_digest, record->manifest_digest, 32)) return revert(record, info);
    record->state = TM_BOOT_STATE_TRIAL;
    return tm_boot_record_write(record) == TM_OK || revert(record, info);
}

static bool start_any(uint32_t first, tm_boot_info *info) {
    return start(first, TM_BOOT_FALLBACK, info) || start(1u - first, TM_BOOT_FALLBACK, info);
}

static bool choose(tm_boot_info *info) {
    tm_boot_record record;
    if (!tm_boot_record_read(&record)) return start_any(0, info);
    switch (record.state) {
        case TM_BOOT_STATE_CONFIRMED:
            return start(record.slot, TM_BOOT_CONFIRMED, info) || start(1u - record.slot, TM_BOOT_FALLBACK, info);
        case TM_BOOT_STATE_PENDING:
            return start_pending(&record, info) || start_any(record.previous_slot, info);
        default:
            return revert(&record, info) || start_any(record.slot, info);
    }
}

_Noreturn void tm_bootloader(void) {
    tm_boot_info info = {.slot = TM_SLOTS, .refused = {TM_OK, TM_OK}};
    port_start();
    port_watchdog_start(PORT_WATCHDOG_MS);
    // Instruction skip: what choose returns is not enough. start, too, has to have named the slot, and the loader not to
    // have refused it, and its copy to be complete.
    if (choose(&info) && info.slot < TM_SLOTS && info.refused[info.slot] == TM_OK && tm_loader_release()) {
        port_launch(&info);
    }
    tm_recovery();
}
