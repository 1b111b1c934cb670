// SPDX-License-Identifier: Apache-2.0
#include "notice.h"

#include <string.h>

#include "license_judgement.h"

static tm_error prove(const tm_source *chain, tm_step step, const tm_unit *unit, const tm_anchor_store *store,
                      tm_chain_workspace *workspace, tm_chain_facts *facts, tm_notice_result *result) {
    const tm_chain_question question = {
        .step = step, .challenge = unit->challenge, .manifest_digest = unit->running_digest};
    memset(result, 0, sizeof *result);
    memset(facts, 0, sizeof *facts);
    if (!tm_trust_complete(&unit->anchor->trust)) return TM_ERROR_TRUST_INCOMPLETE;
    const tm_error error = tm_chain_step(chain, &question, unit, store, workspace, facts);
    result->challenge_used = facts->challenge_used;
    TM_TRY(error);
    result->floor_number = workspace->anchor.trust.floor_number;
    result->epoch = workspace->anchor.trust.epoch;
    return TM_OK;
}

tm_error tm_notice(const tm_source *chain, const tm_unit *unit, const tm_anchor_store *store,
                   tm_chain_workspace *workspace, tm_notice_result *result) {
    tm_chain_facts facts;
    tm_license_word license;
    TM_TRY(prove(chain, TM_STEP_NOTICE, unit, store, workspace, &facts, result));
    TM_TRY(tm_judge_license_word(&facts, &license));
    result->license_status = license.status;
    return TM_OK;
}

tm_error tm_rotate(const tm_source *chain, const tm_unit *unit, const tm_anchor_store *store,
                   tm_chain_workspace *workspace, tm_notice_result *result) {
    tm_chain_facts facts;
    return prove(chain, TM_STEP_ROTATE, unit, store, workspace, &facts, result);
}
