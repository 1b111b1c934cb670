// SPDX-License-Identifier: Apache-2.0
// May this unit be locked? The running release is signed under the root, announced, and its license in force, all of it
// proved over the unit's own challenge; and the chain names this root.
#ifndef TM_LOCK_CHECK_H
#define TM_LOCK_CHECK_H

#include "chain_step.h"
#include "release_signature.h"
#include "suit.h"

typedef struct {
    tm_release_buffer release;
    tm_chain_workspace chain;
} tm_lock_workspace;

typedef struct {
    bool challenge_used;
    uint8_t root_public_key[33];  // for the running slot's head
    uint8_t root_hash[32];
} tm_lock_result;

// running: the running slot's signed parts.
tm_error tm_lock_check(const tm_source *chain, const tm_release_source *running, const tm_unit *unit,
                       const tm_anchor_store *store, tm_lock_workspace *workspace, tm_lock_result *result);

#endif
