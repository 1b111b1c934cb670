// SPDX-License-Identifier: Apache-2.0
#include "gate.h"

#include <string.h>

#include "license_judgement.h"

// Sums to TM_GATE_PASSED.
#define PASSED_ENVELOPE 0x04c11db7u
#define PASSED_SIGNATURE 0x1edc6f41u
#define PASSED_MANIFEST 0x0814141bu
#define PASSED_CHAIN 0x1b3f8d65u
#define PASSED_LICENSE 0x09d4e3a2u
#define PASSED_ROLLBACK \
    (TM_GATE_PASSED - PASSED_ENVELOPE - PASSED_SIGNATURE - PASSED_MANIFEST - PASSED_CHAIN - PASSED_LICENSE)

typedef struct {
    tm_certificate root;
    tm_release_source release;
    tm_release_signature signature;
    tm_chain_facts facts;
} gate_facts;

static tm_error check_envelope(const tm_source *staged, uint32_t total, gate_facts *gate, tm_gate_result *result) {
    bool complete;
    TM_TRY(tm_envelope_scan(staged, total, &result->envelope, &complete));
    if (!complete) return TM_ERROR_ENVELOPE_MALFORMED;
    TM_TRY(tm_envelope_release(staged, &result->envelope, &gate->release));
    result->passed += PASSED_ENVELOPE;
    return TM_OK;
}

static tm_error check_signature(const tm_unit *unit, tm_release_buffer *buffer, gate_facts *gate,
                                tm_gate_result *result) {
    TM_TRY(tm_anchor_root(unit->anchor, &gate->root));
    TM_TRY(tm_release_authenticate(&gate->release, &gate->root, buffer, &gate->signature));
    memcpy(result->manifest_digest, gate->signature.manifest_digest, sizeof result->manifest_digest);
    memcpy(result->root_public_key, gate->root.public_key, sizeof result->root_public_key);
    memcpy(result->root_hash, unit->anchor->trust.root_hash, sizeof result->root_hash);
    result->passed += PASSED_SIGNATURE;
    return TM_OK;
}

static tm_error check_names(const tm_manifest *manifest, const tm_trust *trust) {
    if (!tm_equal(manifest->vendor_id, trust->vendor_id, sizeof trust->vendor_id)) return TM_ERROR_VENDOR_MISMATCH;
    if (!tm_equal(manifest->class_id, trust->class_id, sizeof trust->class_id)) return TM_ERROR_CLASS_MISMATCH;
    if (manifest->chain_id != trust->chain_id) return TM_ERROR_CHAIN_ID_MISMATCH;
    return manifest->manufacturer_id == trust->manufacturer_id ? TM_OK : TM_ERROR_MANUFACTURER_MISMATCH;
}

static tm_error check_manifest(const tm_unit *unit, tm_release_buffer *buffer, const gate_facts *gate,
                               tm_gate_result *result) {
    const tm_source *manifest = &gate->release.manifest;
    if (manifest->len > sizeof buffer->bytes) return TM_ERROR_ENVELOPE_TOO_LARGE;
    TM_TRY(tm_source_read(manifest, 0, buffer->bytes, manifest->len));
    TM_TRY(tm_manifest_decode(tm_bytes_of(buffer->bytes, manifest->len), &result->manifest));
    if (result->manifest.image_size > unit->slot_bytes) return TM_ERROR_IMAGE_SIZE;
    TM_TRY(check_names(&result->manifest, &unit->anchor->trust));
    result->passed += PASSED_MANIFEST;
    return TM_OK;
}

static tm_error check_chain(const tm_source *staged, const tm_unit *unit, const tm_anchor_store *store,
                            tm_chain_workspace *workspace, gate_facts *gate, tm_gate_result *result) {
    const tm_chain_question question = {
        .step = TM_STEP_BUNDLE,
        .challenge = unit->challenge,
        .manifest_digest = gate->signature.manifest_digest,
        .board = result->manifest.board,
        .board_code_hash = result->manifest.board_code_hash,
        .min_block = result->manifest.min_block,
    };
    tm_source chain;
    TM_TRY(tm_envelope_chain(staged, &result->envelope, &chain));
    const tm_error error = tm_chain_step(&chain, &question, unit, store, workspace, &gate->facts);
    result->challenge_used = gate->facts.challenge_used;
    TM_TRY(error);
    result->passed += PASSED_CHAIN;
    return TM_OK;
}

static tm_error check_license(const tm_unit *unit, const gate_facts *gate, tm_gate_result *result) {
    tm_license_word license;
    TM_TRY(tm_judge_license(&gate->facts, &gate->root, &gate->signature, &result->manifest, &license));
    TM_TRY(tm_license_permits_install(&license, result->manifest.security_version, unit->rollback));
    TM_TRY(tm_judge_release(&gate->facts, &result->manifest));
    result->passed += PASSED_LICENSE;
    return TM_OK;
}

static tm_error check_rollback(const tm_unit *unit, tm_gate_result *result) {
    const tm_envelope *envelope = &result->envelope;
    if (result->manifest.sequence_number < unit->running_sequence) return TM_ERROR_SEQUENCE_ROLLBACK;
    if (result->manifest.security_version < unit->rollback) return TM_ERROR_SECURITY_VERSION_ROLLBACK;
    if (envelope->kind == TM_PAYLOAD_FIRMWARE && envelope->payload.len != result->manifest.image_size) {
        return TM_ERROR_IMAGE_SIZE;
    }
    result->passed += PASSED_ROLLBACK;
    return TM_OK;
}

static tm_error check_all(const tm_source *staged, uint32_t total, const tm_unit *unit, const tm_anchor_store *store,
                          tm_gate_workspace *workspace, tm_gate_result *result) {
    gate_facts gate = {0};
    if (!tm_trust_complete(&unit->anchor->trust)) return TM_ERROR_TRUST_INCOMPLETE;
    TM_TRY(check_envelope(staged, total, &gate, result));
    TM_TRY(check_signature(unit, &workspace->release, &gate, result));
    TM_TRY(check_manifest(unit, &workspace->release, &gate, result));
    TM_TRY(check_chain(staged, unit, store, &workspace->chain, &gate, result));
    TM_TRY(check_license(unit, &gate, result));
    return check_rollback(unit, result);
}

tm_error tm_gate_check(const tm_source *staged, uint32_t total, const tm_unit *unit, const tm_anchor_store *store,
                       tm_gate_workspace *workspace, tm_gate_result *result) {
    memset(result, 0, sizeof *result);
    result->verdict = TM_ERROR_INTERNAL;
    result->verdict = check_all(staged, total, unit, store, workspace, result);
    if (result->verdict == TM_OK && result->passed != TM_GATE_PASSED) result->verdict = TM_ERROR_INTERNAL;
    return result->verdict;
}

bool tm_gate_passed(const tm_gate_result *result) {
    return result->verdict == TM_OK && result->passed == TM_GATE_PASSED;
}
