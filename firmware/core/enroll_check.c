// SPDX-License-Identifier: Apache-2.0
#include "enroll_check.h"

#include <string.h>

#include "license_judgement.h"
#include "root_word.h"
#include "sha256.h"

// The unit's trust, completed by the root.
static tm_error complete(const tm_device_path *path, uint64_t manufacturer_id, tm_anchor *anchor) {
    uint8_t hash[32];
    const bool had_root = tm_trust_complete(&anchor->trust);
    tm_sha256(path->root.ptr, path->root.len, hash);
    if (had_root && manufacturer_id != anchor->trust.manufacturer_id) return TM_ERROR_CERT_MANUFACTURER;
    if (had_root && !tm_equal(hash, anchor->trust.root_hash, sizeof hash)) return TM_ERROR_ROOT_MISMATCH;
    anchor->trust.manufacturer_id = manufacturer_id;
    memcpy(anchor->trust.root_hash, hash, sizeof hash);
    memcpy(anchor->root, path->root.ptr, path->root.len);
    anchor->root_len = (uint16_t)path->root.len;
    return TM_OK;
}

// path_root: SHA-256 of the path's root, which the chain must name even where statements lead on to another.
static tm_error judge(const tm_chain_facts *facts, const uint8_t path_root[32], const tm_device_path_facts *path) {
    const uint64_t now = facts->block.timestamp;
    const tm_certificate all = {.not_before = path->not_before, .not_after = path->not_after};
    tm_license_word license;
    TM_TRY(tm_judge_license_word(facts, &license));
    TM_TRY(tm_license_in_force(&license, now));
    if (!facts->root.present) return TM_ERROR_ROOT_ABSENT;
    TM_TRY(tm_root_word_check(facts->root.bytes, path_root));
    return tm_x509_check_time(&all, now);
}

tm_error tm_enroll_check(const tm_enroll_request *request, const uint8_t device_key[33], const tm_unit *unit,
                         tm_chain_buffer *buffer, tm_enroll_result *result) {
    const tm_chain_question question = {
        .step = TM_STEP_ENROLL, .challenge = unit->challenge, .manifest_digest = unit->running_digest};
    tm_device_path_facts path;
    tm_chain_facts facts = {0};
    uint8_t path_root[32];
    result->challenge_used = false;
    result->anchor = *unit->anchor;
    TM_TRY(tm_device_path_check(&request->path, device_key, &unit->anchor->trust, &path));
    TM_TRY(complete(&request->path, path.manufacturer_id, &result->anchor));
    memcpy(path_root, result->anchor.trust.root_hash, sizeof path_root);
    const tm_error error = tm_chain_prove(&request->chain, &question, buffer, &result->anchor, &facts);
    result->challenge_used = facts.challenge_used;
    TM_TRY(error);
    return judge(&facts, path_root, &path);
}
