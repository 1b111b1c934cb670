// SPDX-License-Identifier: Apache-2.0
// The two decisions inside an install: what may be written, and the commit.
#ifndef TM_INSTALL_STEPS_H
#define TM_INSTALL_STEPS_H

#include "install.h"

// A unit that has a root obeys the gate. One that has none yet, and is not locked, takes any bundle for its class that
// is whole, as its bootloader does: there is nobody yet whose signature it could check.
typedef struct {
    bool gated;  // the gate passed: the head gets root and receipt
    tm_gate_result gate;
} tm_install_permission;

tm_error tm_install_permit(const tm_install_context *context, const tm_source *staged, uint32_t total,
                           tm_install_permission *permission);

// The head with its receipt, last of all.
tm_error tm_install_commit(uint32_t slot, const tm_source *staged, const tm_install_permission *permission);

#endif
