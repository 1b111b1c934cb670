// SPDX-License-Identifier: Apache-2.0
#include "recovery.h"

#include <string.h>

#include "envelope.h"
#include "flash.h"
#include "loader.h"
#include "os_group.h"
#include "port.h"
#include "sha256.h"
#include "smp_server.h"

// Of the bundle's start; one packet more than may stand before the image, so that no byte of the image is lost.
static uint8_t front[TM_LIMIT_BUNDLE_STAGING_BYTES + TM_SMP_PACKET_BYTES];

static struct {
    uint32_t len;        // bytes of the whole bundle
    uint32_t off;        // bytes taken
    bool passed;         // front is complete and names a slot
    uint32_t slot;
    uint32_t image_off;  // in the bundle
    tm_boot_approval approval;
} upload;

// The slot whose head holds this very manifest.
static tm_error find_slot(const tm_source *bundle, const tm_envelope *envelope) {
    static tm_release_buffer buffer;
    tm_release_source release;
    uint8_t digest[32];
    TM_TRY(tm_envelope_release(bundle, envelope, &release));
    TM_TRY(tm_release_digest(&release, &buffer, digest));
    for (upload.slot = 0; upload.slot < TM_SLOTS; upload.slot++) {
        if (tm_loader_approve(upload.slot, &upload.approval) != TM_OK) continue;
        if (tm_equal(digest, upload.approval.manifest_digest, sizeof digest)) return TM_OK;
    }
    return TM_ERROR_RECEIPT_INVALID;
}

static tm_error take_front(tm_bytes data) {
    tm_envelope envelope;
    if (data.len > sizeof front - upload.off) return TM_ERROR_ENVELOPE_TOO_LARGE;
    memcpy(front + upload.off, data.ptr, data.len);
    upload.off += (uint32_t)data.len;
    const tm_source bundle = tm_source_memory(tm_bytes_of(front, upload.off));
    TM_TRY(tm_envelope_scan(&bundle, upload.len, &envelope, &upload.passed));
    if (!upload.passed) return TM_OK;
    TM_TRY(find_slot(&bundle, &envelope));
    if (envelope.kind != TM_PAYLOAD_FIRMWARE) return TM_ERROR_DELTA_MALFORMED;  // there is no base to trust
    if (envelope.payload.len != upload.approval.image_size) return TM_ERROR_IMAGE_SIZE;
    upload.image_off = envelope.payload.off;
    memcpy(port_image_ram(), front + upload.image_off, upload.off - upload.image_off);
    return TM_OK;
}

static void take_image(tm_bytes data) {
    memcpy(port_image_ram() + (upload.off - upload.image_off), data.ptr, data.len);
    upload.off += (uint32_t)data.len;
}

static tm_error take(tm_bytes data) {
    if (data.len > upload.len - upload.off) return TM_ERROR_ENVELOPE_MALFORMED;
    if (upload.passed) take_image(data);
    else TM_TRY(take_front(data));
    if (upload.off < upload.len) return TM_OK;
    if (!upload.passed) return TM_ERROR_ENVELOPE_MALFORMED;
    uint8_t digest[32];
    tm_sha256(port_image_ram(), upload.approval.image_size, digest);
    return tm_equal(digest, upload.approval.image_digest, 32) ? TM_OK : TM_ERROR_IMAGE_DIGEST_MISMATCH;
}

// What stands in RAM has the approved digest; boot checks what then stands in flash.
static void write_and_reset(void) {
    const tm_region region = tm_slot_image_region(port_flash_map(), upload.slot);
    const uint32_t block = port_flash().erase;
    for (uint32_t off = 0; off < upload.approval.image_size; off += block) {
        const uint32_t left = upload.approval.image_size - off;
        port_watchdog_feed();
        if (port_flash_erase(region.off + off) != TM_OK) break;
        if (tm_flash_write(region.off + off, port_image_ram() + off, left < block ? left : block) != TM_OK) break;
    }
    port_reset();
}

// {off, data, ?len} -> {off: expected next}. Without a reset in between nothing can be resumed.
static tm_error receive(tm_smp_call *call) {
    tm_bytes data;
    uint32_t off, len;
    TM_TRY(tm_smp_uint(call, "off", UINT32_MAX, &off));
    TM_TRY(tm_smp_uint(call, "len", 0, &len));
    TM_TRY(tm_smp_bstr(call, "data", &data));
    if (data.ptr == NULL) return TM_ERROR_MESSAGE_FIELD;
    if (off == 0) {
        memset(&upload, 0, sizeof upload);
        upload.len = len;
    }
    if (off == upload.off && upload.off <= upload.len) {
        const tm_error error = take(data);
        if (error != TM_OK) memset(&upload, 0, sizeof upload);
        TM_TRY(error);
    }
    if (upload.len > 0 && upload.off == upload.len) call->after = write_and_reset;
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "off");
    tm_cbor_put_uint(&call->response, upload.off);
    return TM_OK;
}

_Noreturn void tm_recovery(void) {
    static const tm_smp_command os_commands[] = {
        {TM_SMP_OS_ECHO, tm_os_echo, tm_os_echo},
        {TM_SMP_OS_RESET, NULL, tm_os_reset},
        {TM_SMP_OS_PARAMETERS, tm_os_parameters, NULL},
        {TM_SMP_OS_BOOTLOADER_INFO, tm_os_bootloader_info, NULL},
    };
    static const tm_smp_command image_commands[] = {{TM_SMP_IMAGE_UPLOAD, NULL, receive}};
    static const tm_smp_group os = {TM_SMP_GROUP_OS, os_commands, sizeof os_commands / sizeof os_commands[0]};
    static const tm_smp_group image = {TM_SMP_GROUP_IMAGE, image_commands, 1};
    static const tm_smp_group *const groups[] = {&os, &image};
    static const tm_smp_service service = {groups, sizeof groups / sizeof groups[0]};
    for (;;) {
        tm_smp_serve(&service);
        port_watchdog_feed();
    }
}
