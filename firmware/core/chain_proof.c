// SPDX-License-Identifier: Apache-2.0
#include "chain_proof.h"

#include <string.h>

#include "board_proof.h"
#include "chain.h"
#include "license_word.h"
#include "release_word.h"
#include "root_word.h"
#include "witness.h"

// Which proofs a step cannot do without.
typedef struct {
    bool license;
    bool release;
    bool root;
} needs;

static needs needs_of(tm_step step) {
    switch (step) {
    case TM_STEP_BUNDLE: return (needs){.license = true, .release = true};
    case TM_STEP_ENROLL: return (needs){.license = true, .root = true};
    case TM_STEP_LOCK: return (needs){.license = true, .release = true, .root = true};
    case TM_STEP_NOTICE: return (needs){.license = true};
    case TM_STEP_ROTATE: return (needs){0};
    }
    return (needs){true, true, true};
}

// How many statements lead up to the trust that the unit has: they were applied before.
static tm_error count_applied(const tm_chain *chain, const tm_anchor *anchor, tm_chain_buffer *buffer,
                              uint32_t *applied) {
    tm_cbor_walk walk = {chain->source, chain->statements.off};
    uint8_t present[32];
    tm_trust_hash(&anchor->trust, present);
    *applied = 0;
    for (uint32_t i = 0; i < chain->statements.count; i++) {
        tm_trust_statement statement;
        tm_trust trust;
        uint8_t hash[32];
        TM_TRY(tm_trust_statement_read(&walk, &statement));
        if (tm_trust_statement_block(&chain->source, &statement, &buffer->statement, &trust) != TM_OK) continue;
        tm_trust_hash(&trust, hash);
        if (tm_equal(hash, present, sizeof hash)) *applied = i + 1;
    }
    return TM_OK;
}

static tm_error apply_statements(const tm_chain *chain, tm_chain_buffer *buffer, tm_anchor *anchor) {
    tm_cbor_walk walk = {chain->source, chain->statements.off};
    uint64_t least_floor = 0;
    uint32_t applied;
    TM_TRY(count_applied(chain, anchor, buffer, &applied));
    for (uint32_t i = 0; i < chain->statements.count; i++) {
        tm_trust_statement statement;
        TM_TRY(tm_trust_statement_read(&walk, &statement));
        if (i < applied) continue;
        TM_TRY(tm_trust_statement_apply(&chain->source, &statement, least_floor, &buffer->statement, anchor));
        least_floor = statement.floor_number;
    }
    return TM_OK;
}

static tm_error check_board(const tm_chain_question *question, const tm_trust *trust) {
    if (question->step != TM_STEP_BUNDLE) return TM_OK;
    const bool same = tm_equal(question->board, trust->board, sizeof trust->board) &&
                      tm_equal(question->board_code_hash, trust->board_code_hash, sizeof trust->board_code_hash);
    return same ? TM_OK : TM_ERROR_BOARD_MISMATCH;
}

// To lock always; to install while a challenge is outstanding. Notice and trust statements only ever move forward.
static bool needs_challenge(const tm_chain_question *question) {
    if (question->step == TM_STEP_BUNDLE) return question->challenge != NULL;
    return question->step == TM_STEP_LOCK;
}

static tm_error check_nonce(const uint8_t nonce[32], const tm_chain_question *question, bool *used) {
    static const uint8_t none[32] = {0};
    if (tm_equal(nonce, none, sizeof none)) return needs_challenge(question) ? TM_ERROR_CHALLENGE_REQUIRED : TM_OK;
    if (question->challenge == NULL || !tm_equal(nonce, question->challenge, sizeof none)) {
        return TM_ERROR_CHALLENGE_EXPIRED;
    }
    *used = true;
    return TM_OK;
}

static tm_error check_age(const tm_block_header *block, const tm_chain_question *question, const tm_trust *trust) {
    if (block->number < trust->floor_number) return TM_ERROR_BLOCK_BELOW_FLOOR;
    return block->number >= question->min_block ? TM_OK : TM_ERROR_BLOCK_BELOW_MINIMUM;
}

static tm_error check_offered(const tm_chain *chain, const needs *need, bool root_changed) {
    if (root_changed && chain->root.count == 0) return TM_ERROR_TRUST_ROOT_NOT_PROVED;
    if (need->license && chain->license.count == 0) return TM_ERROR_PROOF_INCOMPLETE;
    if (need->release && chain->release.count == 0) return TM_ERROR_PROOF_INCOMPLETE;
    return need->root && chain->root.count == 0 ? TM_ERROR_PROOF_INCOMPLETE : TM_OK;
}

static bool nothing_offered(const tm_chain *chain) {
    return chain->account.count + chain->license.count + chain->release.count + chain->root.count == 0;
}

static tm_error prove_words(const tm_chain *chain, const tm_chain_question *question, const tm_trust *trust,
                            tm_chain_buffer *buffer, tm_chain_facts *facts) {
    uint8_t storage_root[32];
    uint8_t slot[32];
    const uint64_t id = trust->manufacturer_id;
    TM_TRY(tm_board_account(chain, trust, facts->block.state_root, &buffer->trie, storage_root));
    if (chain->license.count > 0) {
        tm_license_slot(id, slot);
        TM_TRY(tm_board_word(chain, &chain->license, storage_root, slot, &buffer->trie, &facts->license));
    }
    if (chain->release.count > 0) {
        tm_release_slot(id, question->manifest_digest, slot);
        TM_TRY(tm_board_word(chain, &chain->release, storage_root, slot, &buffer->trie, &facts->release));
    }
    if (chain->root.count > 0) {
        tm_root_slot(id, slot);
        TM_TRY(tm_board_word(chain, &chain->root, storage_root, slot, &buffer->trie, &facts->root));
    }
    return TM_OK;
}

static tm_error check_root_change(const tm_trust *trust, const tm_chain_facts *facts) {
    if (!facts->root_changed) return TM_OK;
    if (!facts->root.present) return TM_ERROR_ROOT_ABSENT;
    return tm_root_word_check(facts->root.bytes, trust->root_hash);
}

tm_error tm_chain_prove(const tm_source *source, const tm_chain_question *question, tm_chain_buffer *buffer,
                        tm_anchor *anchor, tm_chain_facts *facts) {
    const needs need = needs_of(question->step);
    tm_chain chain;
    uint8_t old_root[32];
    memset(facts, 0, sizeof *facts);
    memcpy(old_root, anchor->trust.root_hash, sizeof old_root);
    TM_TRY(tm_chain_open(source, &chain));
    TM_TRY(apply_statements(&chain, buffer, anchor));
    facts->root_changed = !tm_equal(old_root, anchor->trust.root_hash, sizeof old_root);
    TM_TRY(check_board(question, &anchor->trust));
    TM_TRY(tm_witnessed_block(&chain, &anchor->trust, &facts->block));
    TM_TRY(check_nonce(chain.nonce, question, &facts->challenge_used));
    TM_TRY(check_age(&facts->block, question, &anchor->trust));
    TM_TRY(check_offered(&chain, &need, facts->root_changed));
    if (!nothing_offered(&chain)) TM_TRY(prove_words(&chain, question, &anchor->trust, buffer, facts));
    TM_TRY(check_root_change(&anchor->trust, facts));
    tm_trust_advance_floor(&anchor->trust, facts->block.number, facts->block.timestamp);
    return TM_OK;
}
