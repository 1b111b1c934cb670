// SPDX-License-Identifier: Apache-2.0
// CLINT timer: clock, sleep, watchdog. The watchdog does not catch a hang with interrupts masked.
#include "port.h"
#include "registers.h"
#include "trap.h"
#include "virt.h"

#define MTIMECMP (VIRT_CLINT + 0x4000u)
#define MTIME (VIRT_CLINT + 0xbff8u)
#define TICKS_PER_MS 10000u  // the machine's timebase is 10 MHz
#define NEVER UINT64_MAX
#define MSTATUS_MIE 8u

static uint64_t counted;          // ticks that milliseconds accounts for
static uint64_t milliseconds;     // since the start
static volatile uint64_t dead;    // watchdog deadline, ticks
static volatile uint64_t wakeup;  // end of the current sleep, ticks
static uint32_t watchdog_ms;

static uint64_t ticks(void) {
    uint32_t high, low;
    do {
        high = *virt_word(MTIME + 4u);
        low = *virt_word(MTIME);
    } while (high != *virt_word(MTIME + 4u));
    return (uint64_t)high << 32 | low;
}

static void arm(void) {
    uint64_t next = dead < wakeup ? dead : wakeup;
    *virt_word(MTIMECMP) = UINT32_MAX;  // no early match between the two halves
    *virt_word(MTIMECMP + 4u) = (uint32_t)(next >> 32);
    *virt_word(MTIMECMP) = (uint32_t)next;
}

static void mask(void) {
    __asm__ volatile("csrci mstatus, %0" : : "i"(MSTATUS_MIE));
}

static void unmask(void) {
    __asm__ volatile("csrsi mstatus, %0" : : "i"(MSTATUS_MIE));
}

void virt_clock_start(void) {
    counted = ticks();
    milliseconds = 0;
    dead = wakeup = NEVER;
    arm();
}

void virt_clock_interrupt(void) {
    if (ticks() >= dead) port_reset();
    wakeup = NEVER;
    arm();
}

uint64_t port_clock_ms(void) {
    // In steps that fit 32 bits, without the library's 64-bit division.
    for (;;) {
        const uint64_t passed = ticks() - counted;
        const uint32_t step = (passed > UINT32_MAX ? UINT32_MAX : (uint32_t)passed) / TICKS_PER_MS;
        if (step == 0) return milliseconds;
        milliseconds += step;
        counted += (uint64_t)step * TICKS_PER_MS;
    }
}

// Under QEMU exact with -icount alone; without it the register follows the host's clock.
uint64_t port_instructions(void) {
    uint32_t high, low, again;
    do {
        __asm__ volatile("csrr %0, minstreth" : "=r"(high));
        __asm__ volatile("csrr %0, minstret" : "=r"(low));
        __asm__ volatile("csrr %0, minstreth" : "=r"(again));
    } while (high != again);
    return (uint64_t)high << 32 | low;
}

void port_idle(uint32_t limit_ms) {
    mask();
    if (virt_console_waiting()) {
        unmask();
        return;
    }
    wakeup = ticks() + (uint64_t)limit_ms * TICKS_PER_MS;
    arm();
    virt_sleep();
}

void port_watchdog_start(uint32_t limit_ms) {
    watchdog_ms = limit_ms;
    port_watchdog_feed();
}

void port_watchdog_feed(void) {
    mask();
    dead = watchdog_ms == 0 ? NEVER : ticks() + (uint64_t)watchdog_ms * TICKS_PER_MS;
    arm();
    unmask();
}
