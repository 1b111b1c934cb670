// SPDX-License-Identifier: Apache-2.0
#include "trap.h"

#include "port.h"
#include "registers.h"

#define PLIC_PRIORITY(irq) (VIRT_PLIC + 4u * (irq))
#define PLIC_ENABLE (VIRT_PLIC + 0x2000u)
#define PLIC_THRESHOLD (VIRT_PLIC + 0x200000u)
#define PLIC_CLAIM (VIRT_PLIC + 0x200004u)

#define MCAUSE_TIMER 0x80000007u
#define MCAUSE_EXTERNAL 0x8000000bu
#define MSTATUS_MIE 8u
#define MIE_TIMER_EXTERNAL 0x880u

static void external(void) {
    uint32_t irq;
    while ((irq = *virt_word(PLIC_CLAIM)) != 0) {
        if (irq == VIRT_UART_IRQ) virt_console_interrupt();
        *virt_word(PLIC_CLAIM) = irq;
    }
}

__attribute__((interrupt("machine"), aligned(4))) static void handler(void) {
    uint32_t cause;
    __asm__ volatile("csrr %0, mcause" : "=r"(cause));
    if (cause == MCAUSE_EXTERNAL) {
        external();
    } else if (cause == MCAUSE_TIMER) {
        virt_clock_interrupt();
    } else {
        port_reset();  // an exception: on a trial boot the reset is what makes the bootloader revert
    }
}

void virt_trap_start(void) {
    __asm__ volatile("csrw mtvec, %0" : : "r"(handler));
    *virt_word(PLIC_PRIORITY(VIRT_UART_IRQ)) = 1;
    *virt_word(PLIC_ENABLE) = 1u << VIRT_UART_IRQ;
    *virt_word(PLIC_THRESHOLD) = 0;
    __asm__ volatile("csrs mie, %0" : : "r"(MIE_TIMER_EXTERNAL));
    __asm__ volatile("csrsi mstatus, %0" : : "i"(MSTATUS_MIE));
}

void virt_trap_stop(void) {
    __asm__ volatile("csrci mstatus, %0" : : "i"(MSTATUS_MIE));
    __asm__ volatile("csrw mie, zero");
}

// The caller has masked interrupts and found nothing to do: wfi wakes on a pending interrupt even
// while it is masked, so one that came since then is not slept through. Returns with them open.
void virt_sleep(void) {
    __asm__ volatile("wfi");
    __asm__ volatile("csrsi mstatus, %0" : : "i"(MSTATUS_MIE));
}
