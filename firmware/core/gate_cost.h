// SPDX-License-Identifier: Apache-2.0
// What the last run of the gate took; RAM only.
#ifndef TM_GATE_COST_H
#define TM_GATE_COST_H

#include <stdbool.h>

#include "work.h"

typedef struct {
    uint64_t instructions;  // port_instructions: 0 where the port does not count
    tm_work work;
} tm_gate_cost;

void tm_gate_cost_begin(void);
void tm_gate_cost_end(void);

// False until the gate has run since the start.
bool tm_gate_cost_read(tm_gate_cost *cost);

#endif
