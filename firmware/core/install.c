// SPDX-License-Identifier: Apache-2.0
#include "install.h"

#include <string.h>

#include "install_payload.h"
#include "install_steps.h"
#include "launched.h"
#include "progress.h"
#include "slot_head.h"
#include "staging.h"
#include "trial.h"

typedef enum { IDLE, STAGING, IMAGE, DONE } state;

static const tm_install_context *context;
static struct {
    state state;
    uint8_t sha[32];
    uint32_t len;
    uint32_t off;      // bytes taken
    bool resumed;      // the image's first bytes are from before a reset
    tm_staging_ticket ticket;
    tm_install_permission permission;
    tm_install_payload payload;
} upload;

void tm_install_start(const tm_install_context *of) {
    context = of;
    tm_install_forget();
}

void tm_install_forget(void) {
    memset(&upload, 0, sizeof upload);
}

const uint8_t *tm_install_passed(void) {
    return upload.state == DONE ? upload.permission.gate.manifest_digest : NULL;
}

static uint32_t smaller(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

static tm_error commit(void) {
    const tm_gate_result *const gate = &upload.permission.gate;
    const tm_source staged = tm_staging_source();
    TM_TRY(tm_install_payload_finish(&upload.payload, gate->manifest.image_digest));
    if (!tm_staging_holds(upload.ticket)) return TM_ERROR_BUSY;
    TM_TRY(tm_install_commit(tm_other_slot(), &staged, &upload.permission));
    upload.state = DONE;
    return TM_OK;
}

static tm_error take_image(tm_bytes data) {
    TM_TRY(tm_install_payload_take(&upload.payload, data));
    upload.off += (uint32_t)data.len;
    return upload.off == upload.len ? commit() : TM_OK;
}

static tm_error begin_image(uint32_t marks) {
    upload.state = IMAGE;
    return tm_install_payload_begin(&upload.payload, &upload.permission.gate, tm_other_slot(), marks, &upload.off);
}

static tm_error permit(void) {
    const tm_source staged = tm_staging_source();
    TM_TRY(tm_install_permit(context, &staged, upload.len, &upload.permission));
    return tm_install_payload_check(&upload.payload, &staged, &upload.permission.gate);
}

// The gate has the say now; behind it the other slot stops being bootable and the image begins.
static tm_error pass_gate(void) {
    TM_TRY(tm_staging_finish(upload.ticket));
    TM_TRY(permit());
    tm_progress progress = {.len = upload.len, .payload = upload.permission.gate.envelope.payload.off,
                            .slot = tm_other_slot()};
    memcpy(progress.sha, upload.sha, sizeof progress.sha);
    TM_TRY(tm_slot_head_erase(tm_other_slot()));
    TM_TRY(tm_progress_begin(&progress));
    return begin_image(0);
}

// The payload's first bytes have landed in the staging area, where they do no harm: of a delta all that it has room for.
static tm_error take_image_from_staging(void) {
    uint8_t window[256];
    const tm_source staged = tm_staging_source();
    const uint32_t end = smaller(staged.len, upload.len);
    while (upload.off < end) {
        const uint32_t left = end - upload.off;
        const uint32_t len = left < sizeof window ? left : (uint32_t)sizeof window;
        TM_TRY(tm_source_read(&staged, upload.off, window, len));
        TM_TRY(take_image(tm_bytes_of(window, len)));
    }
    return TM_OK;
}

static tm_error take_staging(tm_bytes data) {
    tm_envelope envelope;
    bool complete;
    const uint32_t room = TM_LIMIT_BUNDLE_STAGING_BYTES - upload.off;
    const tm_bytes fits = tm_bytes_of(data.ptr, data.len < room ? data.len : room);
    TM_TRY(tm_staging_append(upload.ticket, fits));
    upload.off += (uint32_t)fits.len;
    const tm_source staged = tm_staging_source();
    TM_TRY(tm_envelope_scan(&staged, upload.len, &envelope, &complete));
    if (!complete) return upload.off < upload.len ? TM_OK : TM_ERROR_ENVELOPE_MALFORMED;
    if (envelope.kind == TM_PAYLOAD_DELTA && upload.off < smaller(upload.len, TM_LIMIT_BUNDLE_STAGING_BYTES)) return TM_OK;
    TM_TRY(pass_gate());
    TM_TRY(take_image_from_staging());
    return data.len == fits.len ? TM_OK : take_image(tm_bytes_of(data.ptr + fits.len, data.len - fits.len));
}

static tm_error begin_staging(void) {
    upload.off = 0;
    upload.state = STAGING;
    TM_TRY(tm_trial_cancel());
    return tm_staging_begin(&upload.ticket);
}

// An upload from before a reset: all checks again, from staging. False where nothing of it can be used.
static bool resumable(tm_progress *progress) {
    if (!tm_progress_read(progress)) return false;
    return progress->len == upload.len && progress->slot == tm_other_slot() &&
           progress->payload <= TM_LIMIT_BUNDLE_STAGING_BYTES && tm_equal(progress->sha, upload.sha, 32);
}

static tm_error resume(const tm_progress *progress) {
    tm_staging_adopt(&upload.ticket);
    upload.resumed = true;
    TM_TRY(permit());
    if (upload.permission.gate.envelope.payload.off != progress->payload) return TM_ERROR_ENVELOPE_MALFORMED;
    TM_TRY(tm_trial_cancel());
    TM_TRY(tm_slot_head_erase(tm_other_slot()));
    TM_TRY(begin_image(tm_progress_count(upload.permission.gate.manifest.image_size / TM_LIMIT_PROGRESS_STRIDE)));
    if (upload.payload.kind == TM_PAYLOAD_DELTA) return take_image_from_staging();
    return upload.off == upload.len ? commit() : TM_OK;
}

static bool is_current(const tm_install_chunk *chunk) {
    return upload.state != IDLE && chunk->sha != NULL && chunk->len == upload.len &&
           tm_equal(chunk->sha, upload.sha, sizeof upload.sha);
}

static tm_error begin(const tm_install_chunk *chunk) {
    tm_progress progress;
    if (chunk->sha == NULL) return TM_ERROR_CHUNK_DIGEST;
    if (chunk->len == 0 || chunk->data.len > chunk->len) return TM_ERROR_ENVELOPE_MALFORMED;
    if (tm_trial_running()) return TM_ERROR_TRIAL_RUNNING;
    tm_install_forget();
    upload.len = chunk->len;
    memcpy(upload.sha, chunk->sha, sizeof upload.sha);
    if (resumable(&progress)) return resume(&progress);
    TM_TRY(begin_staging());
    return take_staging(chunk->data);
}

static tm_error take(const tm_install_chunk *chunk) {
    if (chunk->off == 0 && !is_current(chunk)) return begin(chunk);
    if (chunk->off != upload.off || upload.state == IDLE || upload.state == DONE) return TM_OK;
    if (chunk->data.len > upload.len - upload.off) return TM_ERROR_ENVELOPE_MALFORMED;
    return upload.state == STAGING ? take_staging(chunk->data) : take_image(chunk->data);
}

tm_error tm_install_take(const tm_install_chunk *chunk, uint32_t *next) {
    const tm_error error = take(chunk);
    *next = upload.off;
    if (error == TM_OK) return TM_OK;
    const bool resumed = upload.resumed;
    tm_install_forget();
    *next = 0;
    // What stood in flash from before a reset does not lead to the end: the same upload starts anew next time.
    if (resumed) TM_TRY(tm_progress_clear());
    return resumed && error == TM_ERROR_FLASH_WRITE ? TM_OK : error;
}
