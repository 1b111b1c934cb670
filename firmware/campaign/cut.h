// SPDX-License-Identifier: Apache-2.0
// One to three cuts into one flow, and what came of them.
#ifndef TM_CUT_H
#define TM_CUT_H

#include "flow.h"
#include "nor.h"

typedef struct {
    uint32_t cuts, kinds[NOR_CUT_KINDS], verdicts[FLOW_VERDICTS];
    uint32_t erases, burns;  // first cuts that fell into an erase, into one-time memory
    uint32_t second, third;  // cuts that fell into what follows
    uint32_t states;         // of flash and one-time memory that first cuts left, each counted once
} cut_tally;

typedef struct {
    uint32_t operation;  // of the flow
    nor_cut_kind kind;
    uint64_t seed;       // of the bits that tear, and of later cuts' kinds and places
    uint32_t depth;      // 1: this cut alone; 2, 3: others fall into what follows it
    uint32_t second;     // operation of the second cut, counted from the first start after it; UINT32_MAX: by the seed
} cut;

// The operation is next in the journal. Puts the state before it back.
flow_verdict cut_try(const flow *of, const cut *at, cut_tally *count);

// As cut_try with one cut, in every kind; counts distinct states. failed is called for each that does not hold.
void cut_every_kind(const flow *of, const cut *at, cut_tally *count, void (*failed)(const cut *, flow_verdict));

// A second cut at every operation of what follows the first, up to `limit`.
void cut_every_second(const flow *of, const cut *at, uint32_t limit, cut_tally *count,
                      void (*failed)(const cut *, flow_verdict));

#endif
