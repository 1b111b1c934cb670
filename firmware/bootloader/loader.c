// SPDX-License-Identifier: Apache-2.0
#include "loader.h"

#include <string.h>

#include "moving_cell.h"
#include "port.h"
#include "sha256.h"

#define COPY_BYTES 4096u  // between two feeds of the watchdog

// What was copied last, and what would entitle it to run.
static struct {
    tm_boot_approval approval;
    uint8_t digest[32];  // of the copy; zeros until it is whole
    uint32_t withheld[TM_LIMIT_IMAGE_BYTES / COPY_BYTES];
} copy;

// Instruction skip: a stack pointer that is not adjusted makes some return take a spilled pointer for its address, and the
// pointers that stand on this stack are those to image RAM: unapproved code would run with no check passed or failed.
// So the first word of each block stays here, and zeros, which no RISC-V core executes, stand in its place.
static void withhold(uint32_t off) {
    copy.withheld[off / COPY_BYTES] = tm_load32_le(port_image_ram() + off);
    memset(port_image_ram() + off, 0, 4);
}

static tm_error copy_and_hash(uint32_t slot, uint32_t size) {
    const tm_region region = tm_slot_image_region(port_flash_map(), slot);
    uint8_t *const ram = port_image_ram();
    tm_sha256_state state;
    tm_sha256_init(&state);
    if (size > region.size || size > TM_LIMIT_IMAGE_BYTES) return TM_ERROR_IMAGE_SIZE;
    for (uint32_t done = 0; done < size;) {
        const uint32_t part = size - done < COPY_BYTES ? size - done : COPY_BYTES;
        TM_TRY(port_flash_read(region.off + done, ram + done, part));
        tm_sha256_update(&state, ram + done, part);
        withhold(done);
        port_watchdog_feed();
        done += part;
    }
    tm_sha256_final(&state, copy.digest);
    return TM_OK;
}

// Both reads have to say that the chip is not locked.
static tm_boot_lock lock_state(void) {
    if (port_counter_read(PORT_COUNTER_LOCK) != 0) return TM_BOOT_LOCKED;
    return port_counter_read(PORT_COUNTER_LOCK) == 0 ? TM_BOOT_UNLOCKED : TM_BOOT_LOCKED;
}

tm_error tm_loader_approve(uint32_t slot, tm_boot_approval *approval) {
    static tm_slot_head head;
    memset(approval, 0, sizeof *approval);
    TM_TRY(tm_slot_head_read(slot, &head));
    if (head.security_version < tm_moving_rollback()) return TM_ERROR_SECURITY_VERSION_ROLLBACK;
    return tm_boot_check(slot, &head, lock_state(), approval);
}

tm_error tm_loader_load(uint32_t slot, uint8_t manifest_digest[32]) {
    memset(&copy, 0, sizeof copy);
    memset(manifest_digest, 0, 32);
    TM_TRY(tm_loader_approve(slot, &copy.approval));
    TM_TRY(copy_and_hash(slot, copy.approval.image_size));
    // Instruction skip: a call that is not made leaves an address where its result should be, and that reads as true.
    // Twice, then, and the other way round, so that no compiler takes the second for the first.
    if (!tm_equal(copy.digest, copy.approval.image_digest, 32)) return TM_ERROR_IMAGE_DIGEST_MISMATCH;
    if (!tm_equal(copy.approval.image_digest, copy.digest, 32)) return TM_ERROR_IMAGE_DIGEST_MISMATCH;
    memcpy(manifest_digest, copy.approval.manifest_digest, 32);
    return TM_OK;
}

// Instruction skip: a jump that is not taken runs on into what the compiler put behind it, the way out of tm_loader_load
// with TM_OK for one. So the last comparison stands here, in front of the launch and never inlined; and the words come
// back through both digests, so that without it, too, no bad image gets its own.
__attribute__((noinline)) bool tm_loader_release(void) {
    const uint8_t *const approved = copy.approval.image_digest;
    if (copy.approval.image_size == 0 || !tm_equal(copy.digest, approved, 32)) return false;  // 0: nothing was approved
    for (uint32_t off = 0; off < copy.approval.image_size; off += COPY_BYTES) {
        const uint32_t i = off / COPY_BYTES;
        const uint32_t difference = tm_load32_le(copy.digest + 4u * (i % 8u)) ^ tm_load32_le(approved + 4u * (i % 8u));
        tm_store32_le(port_image_ram() + off, copy.withheld[i] ^ difference);
    }
    return true;
}
