// SPDX-License-Identifier: Apache-2.0
// One step's proof: #chain against what the unit trusts, then the floor and trust that it moved are stored.
#ifndef TM_CHAIN_STEP_H
#define TM_CHAIN_STEP_H

#include "chain_proof.h"
#include "unit.h"

typedef struct {
    tm_anchor anchor;  // what the unit trusts from now on
    tm_chain_buffer buffer;
} tm_chain_workspace;

// Errors: tm_chain_prove's and the store's.
tm_error tm_chain_step(const tm_source *chain, const tm_chain_question *question, const tm_unit *unit,
                       const tm_anchor_store *store, tm_chain_workspace *workspace, tm_chain_facts *facts);

#endif
