// SPDX-License-Identifier: Apache-2.0
#include "gate_cost.h"

#include "port.h"

static tm_gate_cost before, last;
static bool known;

void tm_gate_cost_begin(void) {
    before.work = tm_work_done;
    before.instructions = port_instructions();
}

void tm_gate_cost_end(void) {
    last.instructions = port_instructions() - before.instructions;
    last.work.verifies = tm_work_done.verifies - before.work.verifies;
    last.work.sha256_bytes = tm_work_done.sha256_bytes - before.work.sha256_bytes;
    last.work.keccak_blocks = tm_work_done.keccak_blocks - before.work.keccak_blocks;
    known = true;
}

bool tm_gate_cost_read(tm_gate_cost *cost) {
    *cost = last;
    return known;
}
