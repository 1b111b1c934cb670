// SPDX-License-Identifier: Apache-2.0
// A flow: what a unit does when the power fails, and what must hold of it afterwards.
#ifndef TM_FLOW_H
#define TM_FLOW_H

#include "boot_info.h"
#include "fixture/fixture_world.h"

typedef enum {
    FLOW_HOLDS,
    FLOW_BRICK,       // nothing starts
    FLOW_BAD_BOOT,    // something starts that is neither the old nor the new image, or is not entitled to
    FLOW_HALF,        // the state is neither the old nor the new one
    FLOW_UNFINISHED,  // a rerun does not get to the end
    FLOW_VERDICTS
} flow_verdict;

typedef struct {
    const char *name;
    void (*prepare)(uint32_t erase);  // a new unit, to where the flow begins
    bool (*run)(void);                // what is cut; false where it fails without a cut
    flow_verdict (*settle)(void);     // power is back: start, look, and finish by a rerun
} flow;

extern const flow flows[];
extern const uint32_t flow_count;

flow_verdict flow_settle_update(void);

// What the bootloader started is this world's release, whole; on a locked unit with receipt and signature.
bool flow_entitled(const tm_boot_info *boot, const fixture_world *world);

bool flow_line_begin(void), flow_line_lock(void), flow_line_floor(void), flow_line_rotate(void), flow_line_raise(void);
void flow_line_blank(uint32_t erase), flow_line_enrolled(uint32_t erase), flow_line_locked(uint32_t erase);
void flow_line_behind(uint32_t erase), flow_line_due(uint32_t erase);
flow_verdict flow_settle_line(void), flow_settle_floor(void), flow_settle_rotate(void), flow_settle_raise(void);

void flow_broken(uint32_t erase), flow_broken_with_record(uint32_t erase);
bool flow_recover(void);
flow_verdict flow_settle_recovery(void);

#endif
