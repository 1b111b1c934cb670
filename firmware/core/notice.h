// SPDX-License-Identifier: Apache-2.0
// A #chain alone: it moves floor and trust and tells the unit what its license says, whatever that is.
#ifndef TM_NOTICE_H
#define TM_NOTICE_H

#include "chain_step.h"

typedef struct {
    bool challenge_used;
    uint64_t floor_number;   // after it
    uint32_t epoch;          // after it
    uint8_t license_status;  // notice only: TM_WORD_LICENSE_STATUS_..., or an unknown one
} tm_notice_result;

// LICENSE_ABSENT and WORD_MALFORMED come after the floor has moved. Otherwise: TRUST_INCOMPLETE and tm_chain_step's.
tm_error tm_notice(const tm_source *chain, const tm_unit *unit, const tm_anchor_store *store,
                   tm_chain_workspace *workspace, tm_notice_result *result);

// Trust statements without a license proof.
tm_error tm_rotate(const tm_source *chain, const tm_unit *unit, const tm_anchor_store *store,
                   tm_chain_workspace *workspace, tm_notice_result *result);

#endif
