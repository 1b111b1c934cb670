// SPDX-License-Identifier: Apache-2.0
#include "lock_check.h"

#include <string.h>

#include "license_judgement.h"
#include "root_word.h"

static tm_error read_manifest(const tm_source *source, tm_release_buffer *buffer, tm_manifest *manifest) {
    if (source->len > sizeof buffer->bytes) return TM_ERROR_ENVELOPE_TOO_LARGE;
    TM_TRY(tm_source_read(source, 0, buffer->bytes, source->len));
    return tm_manifest_decode(tm_bytes_of(buffer->bytes, source->len), manifest);
}

static tm_error judge_root(const tm_chain_facts *facts, const tm_trust *trust) {
    if (!facts->root.present) return TM_ERROR_ROOT_ABSENT;
    return tm_root_word_check(facts->root.bytes, trust->root_hash);
}

tm_error tm_lock_check(const tm_source *chain, const tm_release_source *running, const tm_unit *unit,
                       const tm_anchor_store *store, tm_lock_workspace *workspace, tm_lock_result *result) {
    tm_chain_question question = {.step = TM_STEP_LOCK, .challenge = unit->challenge};
    tm_certificate root;
    tm_release_signature signature;
    tm_manifest manifest;
    tm_license_word license;
    tm_chain_facts facts = {0};
    memset(result, 0, sizeof *result);
    TM_TRY(tm_anchor_root(unit->anchor, &root));
    // Before the step: what it stores may be another root.
    memcpy(result->root_public_key, root.public_key, sizeof result->root_public_key);
    memcpy(result->root_hash, unit->anchor->trust.root_hash, sizeof result->root_hash);
    TM_TRY(tm_release_authenticate(running, &root, &workspace->release, &signature));
    TM_TRY(read_manifest(&running->manifest, &workspace->release, &manifest));
    question.manifest_digest = signature.manifest_digest;
    const tm_error error = tm_chain_step(chain, &question, unit, store, &workspace->chain, &facts);
    result->challenge_used = facts.challenge_used;
    TM_TRY(error);
    TM_TRY(tm_judge_license(&facts, &root, &signature, &manifest, &license));
    TM_TRY(tm_judge_release(&facts, &manifest));
    TM_TRY(judge_root(&facts, &workspace->chain.anchor.trust));
    return TM_OK;
}
