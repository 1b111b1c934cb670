// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "boot_record.h"
#include "flash_map.h"
#include "image_group.h"
#include "launched.h"
#include "slot_head.h"
#include "suit.h"
#include "trial.h"

typedef struct {
    uint8_t digest[32];
    char version[TM_LIMIT_VERSION_BYTES + 1];
} slot_contents;

// What the slot's head holds; the image itself is judged at boot.
static tm_error read_slot(uint32_t slot, slot_contents *contents) {
    static tm_release_buffer buffer;
    tm_slot_head head;
    tm_manifest manifest;
    TM_TRY(tm_slot_head_read(slot, &head));
    TM_TRY(tm_release_digest(&head.release, &buffer, contents->digest));
    TM_TRY(tm_source_read(&head.release.manifest, 0, buffer.bytes, head.release.manifest.len));
    TM_TRY(tm_manifest_decode(tm_bytes_of(buffer.bytes, head.release.manifest.len), &manifest));
    memcpy(contents->version, manifest.version, sizeof contents->version);
    return TM_OK;
}

static void put_flag(tm_cbor_writer *out, const char *name, bool value) {
    tm_cbor_put_tstr(out, name);
    tm_cbor_put_bool(out, value);
}

static void put_slot(tm_cbor_writer *out, uint32_t slot, const slot_contents *contents) {
    const bool active = slot == tm_launched()->slot;
    tm_cbor_put_map(out, 8);
    tm_cbor_put_tstr(out, "hash");
    tm_cbor_put_bstr(out, contents->digest, sizeof contents->digest);
    tm_cbor_put_tstr(out, "slot");
    tm_cbor_put_uint(out, slot);
    put_flag(out, "active", active);
    put_flag(out, "pending", !active && tm_trial_pending());
    tm_cbor_put_tstr(out, "version");
    tm_cbor_put_tstr(out, contents->version);
    put_flag(out, "bootable", true);
    put_flag(out, "confirmed", active != tm_trial_running());
    put_flag(out, "permanent", false);
}

// {} -> {images: [{hash, slot, active, pending, version, bootable, confirmed, permanent}]}
tm_error tm_image_state_read(tm_smp_call *call) {
    slot_contents contents[TM_SLOTS];
    bool there[TM_SLOTS];
    size_t count = 0;
    for (uint32_t slot = 0; slot < TM_SLOTS; slot++) {
        there[slot] = read_slot(slot, &contents[slot]) == TM_OK;
        if (there[slot]) count++;
    }
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "images");
    tm_cbor_put_array(&call->response, count);
    for (uint32_t slot = 0; slot < TM_SLOTS; slot++) {
        if (there[slot]) put_slot(&call->response, slot, &contents[slot]);
    }
    return TM_OK;
}

// {?hash, ?confirm}: with confirm, of the running image; else the staged image's trial. Answers as the read does.
tm_error tm_image_state_write(tm_smp_call *call) {
    tm_bytes hash;
    bool confirm;
    TM_TRY(tm_smp_bstr(call, "hash", &hash));
    TM_TRY(tm_smp_bool(call, "confirm", &confirm));
    // Apache's client sends an empty hash for none.
    if (hash.len != 0 && hash.len != 32) return TM_ERROR_MESSAGE_FIELD;
    const bool of_running = hash.len == 0 || tm_equal(hash.ptr, tm_launched()->manifest_digest, 32);
    if (confirm) {
        // An image that has not run yet has passed no self-test.
        if (!of_running) return TM_ERROR_SELF_TEST_PENDING;
        TM_TRY(tm_trial_confirm());
    } else {
        if (hash.len == 0) return TM_ERROR_MESSAGE_FIELD;
        TM_TRY(tm_trial_test(hash.ptr));
    }
    return tm_image_state_read(call);
}
