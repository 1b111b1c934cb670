// SPDX-License-Identifier: Apache-2.0
// Traps and interrupts of the one hart.
#ifndef TM_ESP32C3_TRAP_H
#define TM_ESP32C3_TRAP_H

void esp_trap_start(void);  // installs the vectors, opens the interrupts of both consoles and the timer
void esp_trap_stop(void);   // masks all interrupts, for the jump into another program
void esp_trap_mask(void);
void esp_trap_unmask(void);

void esp_trap(void);  // the handler, for the vectors

// Called by the handler with interrupts masked.
void esp_uart_interrupt(void);
void esp_usb_interrupt(void);
void esp_clock_interrupt(void);

#endif
