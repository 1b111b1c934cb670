// SPDX-License-Identifier: Apache-2.0
#include "chain_step.h"

// Every statement raises the epoch.
static bool moved(const tm_trust *before, const tm_trust *after) {
    return before->epoch != after->epoch || before->floor_number != after->floor_number;
}

tm_error tm_chain_step(const tm_source *chain, const tm_chain_question *question, const tm_unit *unit,
                       const tm_anchor_store *store, tm_chain_workspace *workspace, tm_chain_facts *facts) {
    workspace->anchor = *unit->anchor;
    TM_TRY(tm_chain_prove(chain, question, &workspace->buffer, &workspace->anchor, facts));
    if (!moved(&unit->anchor->trust, &workspace->anchor.trust)) return TM_OK;
    return store->store(store->ctx, &workspace->anchor);
}
