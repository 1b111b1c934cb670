// SPDX-License-Identifier: Apache-2.0
// Traps and interrupts of the one hart.
#ifndef TM_VIRT_TRAP_H
#define TM_VIRT_TRAP_H

void virt_trap_start(void);  // installs the handler, opens timer and external interrupts
void virt_trap_stop(void);   // masks all interrupts, for the jump into another program
void virt_sleep(void);       // wfi without losing a wake-up; see trap.c

// Called by the handler with interrupts masked.
void virt_console_interrupt(void);
void virt_clock_interrupt(void);

#endif
