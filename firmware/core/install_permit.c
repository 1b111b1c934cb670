// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "gate_cost.h"
#include "install_steps.h"
#include "port.h"

static tm_gate_workspace workspace;

static tm_error check_whole(const tm_source *staged, uint32_t total, const tm_unit *unit, tm_gate_result *result) {
    bool complete;
    tm_release_source release;
    tm_manifest *const manifest = &result->manifest;
    uint8_t *const bytes = workspace.release.bytes;
    TM_TRY(tm_envelope_scan(staged, total, &result->envelope, &complete));
    if (!complete) return TM_ERROR_ENVELOPE_MALFORMED;
    TM_TRY(tm_envelope_release(staged, &result->envelope, &release));
    TM_TRY(tm_release_digest(&release, &workspace.release, result->manifest_digest));
    TM_TRY(tm_source_read(&release.manifest, 0, bytes, release.manifest.len));
    TM_TRY(tm_manifest_decode(tm_bytes_of(bytes, release.manifest.len), manifest));
    const tm_trust *const trust = &unit->anchor->trust;
    if (!tm_equal(manifest->vendor_id, trust->vendor_id, sizeof trust->vendor_id)) return TM_ERROR_VENDOR_MISMATCH;
    if (!tm_equal(manifest->class_id, trust->class_id, sizeof trust->class_id)) return TM_ERROR_CLASS_MISMATCH;
    if (manifest->image_size > unit->slot_bytes) return TM_ERROR_IMAGE_SIZE;
    if (result->envelope.kind == TM_PAYLOAD_FIRMWARE && result->envelope.payload.len != manifest->image_size) {
        return TM_ERROR_IMAGE_SIZE;
    }
    return TM_OK;
}

tm_error tm_install_permit(const tm_install_context *context, const tm_source *staged, uint32_t total,
                           tm_install_permission *permission) {
    const tm_unit unit = context->unit();
    memset(permission, 0, sizeof *permission);
    if (!tm_trust_complete(&unit.anchor->trust) && port_counter_read(PORT_COUNTER_LOCK) == 0) {
        return check_whole(staged, total, &unit, &permission->gate);
    }
    tm_gate_cost_begin();
    const tm_error verdict =
        tm_gate_check(staged, total, &unit, &context->store, &workspace, &permission->gate);
    tm_gate_cost_end();
    if (permission->gate.challenge_used) context->challenge_used();
    TM_TRY(verdict);
    permission->gated = true;
    return tm_gate_passed(&permission->gate) ? TM_OK : TM_ERROR_INTERNAL;
}
