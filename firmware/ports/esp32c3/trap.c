// SPDX-License-Identifier: Apache-2.0
// The hart knows 31 lines, vectored only, and neither mie nor mip (TRM 1.4): what is open, the interrupt matrix says.
#include "trap.h"

#include "port.h"
#include "registers.h"

enum { LINE_UART = 1, LINE_USB = 2, LINE_TIMER = 3 };

#define PRIORITY 1u
#define INTERRUPT 0x80000000u
#define VECTORED 1u
#define MSTATUS_MIE 8u

extern const char esp_vectors[];  // start.S

__attribute__((interrupt("machine"), used)) void esp_trap(void) {
    uint32_t cause;
    __asm__ volatile("csrr %0, mcause" : "=r"(cause));
    switch (cause) {
        case INTERRUPT | LINE_UART: esp_uart_interrupt(); break;
        case INTERRUPT | LINE_USB: esp_usb_interrupt(); break;
        case INTERRUPT | LINE_TIMER: esp_clock_interrupt(); break;
        default: port_reset();  // an exception: on a trial boot the reset is what makes the bootloader revert
    }
}

static void route(uint32_t source, uint32_t line) {
    esp_write(MATRIX_SOURCE(source), line);
    esp_write(MATRIX_PRIORITY(line), PRIORITY);
}

void esp_trap_start(void) {
    __asm__ volatile("csrw mtvec, %0" : : "r"((uint32_t)(uintptr_t)esp_vectors | VECTORED));
    esp_write(MATRIX_ENABLE, 0);
    esp_write(MATRIX_TYPE, 0);
    esp_write(MATRIX_THRESHOLD, PRIORITY);
    route(MATRIX_SOURCE_UART0, LINE_UART);
    route(MATRIX_SOURCE_USB, LINE_USB);
    route(MATRIX_SOURCE_SYSTIMER0, LINE_TIMER);
    esp_write(MATRIX_ENABLE, 1u << LINE_UART | 1u << LINE_USB | 1u << LINE_TIMER);
    esp_trap_unmask();
}

void esp_trap_stop(void) {
    esp_trap_mask();
    esp_write(MATRIX_ENABLE, 0);
}

void esp_trap_mask(void) {
    __asm__ volatile("csrci mstatus, %0" : : "i"(MSTATUS_MIE) : "memory");
}

void esp_trap_unmask(void) {
    __asm__ volatile("csrsi mstatus, %0" : : "i"(MSTATUS_MIE) : "memory");
}
