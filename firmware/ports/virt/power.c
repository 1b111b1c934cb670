// SPDX-License-Identifier: Apache-2.0
#include "one_time_fields.h"
#include "port.h"
#include "registers.h"
#include "trap.h"
#include "virt.h"

const char port_name[] = "virt";

#define TEST_RESET 0x7777u

void port_start(void) {
    virt_clock_start();
    virt_console_start();
    virt_entropy_start();
    (void)one_time_start();
    virt_trap_start();
}

_Noreturn void port_reset(void) {
    *virt_word(VIRT_TEST) = TEST_RESET;
    for (;;) {
    }
}
