// SPDX-License-Identifier: Apache-2.0
// System timer for time and sleep, timer group 0's main watchdog. CPU and peripherals run on the 40 MHz crystal: no PLL,
// so that nothing here depends on analog calibration.
#include "esp32c3.h"
#include "port.h"
#include "registers.h"
#include "rom.h"
#include "trap.h"

#define CPU_MHZ 40u
#define TICKS_PER_MS 16000u
#define SLEEP_LIMIT_MS 10u             // a byte that comes between the last look and wfi waits no longer
#define PRESCALE_MS (40000u << 16)     // watchdog ticks of 1 ms of the crystal
#define COUNT_INSTRUCTIONS 2u          // mpcer (TRM 1.4.1): event counted by mpccr

static uint64_t counted;       // ticks that milliseconds accounts for
static uint64_t milliseconds;  // since the start

uint64_t esp_ticks(void) {
    esp_write(SYSTIMER_UNIT0, SYSTIMER_UNIT0_UPDATE);
    while ((esp_read(SYSTIMER_UNIT0) & SYSTIMER_UNIT0_VALID) == 0) {
    }
    const uint64_t high = esp_read(SYSTIMER_VALUE_HIGH);
    return high << 32 | esp_read(SYSTIMER_VALUE_LOW);
}

void esp_wait_ticks(uint32_t count) {
    for (const uint64_t start = esp_ticks(); esp_ticks() - start < count;) {
    }
}

static void unlock_watchdogs(void) {
    esp_write(RTC_WDT_PROTECT, WDT_KEY);
    esp_write(RTC_SWD_PROTECT, RTC_SWD_KEY);
    esp_write(WDT_PROTECT, WDT_KEY);
}

static void lock_watchdogs(void) {
    esp_write(RTC_WDT_PROTECT, 0);
    esp_write(RTC_SWD_PROTECT, 0);
    esp_write(WDT_PROTECT, 0);
}

// The mask ROM leaves two watchdogs in flash boot mode (TRM 12.2.2). One of them is ours from here on, as it stands: it
// may be running for the bootloader.
static void take_watchdogs(void) {
    unlock_watchdogs();
    esp_write(RTC_WDT_CONFIG, 0);
    esp_set(RTC_SWD_CONFIG, RTC_SWD_AUTO_FEED);
    esp_write(WDT_CONFIG, (esp_read(WDT_CONFIG) & ~WDT_CONFIG_FLASH_BOOT) | WDT_CONFIG_UPDATE);
    lock_watchdogs();
}

void esp_clock_start(void) {
    if ((esp_read(SYSTEM_CPU_CLOCK) & SYSTEM_CPU_CLOCK_SOURCE) == 0) {
        esp_clear(SYSTEM_CPU_CLOCK, SYSTEM_CPU_CLOCK_DIVIDER);
        rom_cpu_frequency(CPU_MHZ);
    }
    take_watchdogs();
    esp_set(SYSTIMER_CONF, SYSTIMER_CONF_ON);
    esp_write(SYSTIMER_TARGET0_CONF, 0);
    esp_write(SYSTIMER_INT_ENABLE, 0);
    counted = esp_ticks();
    milliseconds = 0;
    __asm__ volatile("csrwi 0x7e0, %0" : : "i"(COUNT_INSTRUCTIONS));
    __asm__ volatile("csrwi 0x7e1, 1");
}

void esp_clock_interrupt(void) {
    esp_write(SYSTIMER_INT_ENABLE, 0);
    esp_write(SYSTIMER_INT_CLEAR, 1);
}

uint64_t port_clock_ms(void) {
    // In steps that fit 32 bits, without the library's 64-bit division.
    for (;;) {
        const uint64_t passed = esp_ticks() - counted;
        const uint32_t step = (passed > UINT32_MAX ? UINT32_MAX : (uint32_t)passed) / TICKS_PER_MS;
        if (step == 0) return milliseconds;
        milliseconds += step;
        counted += (uint64_t)step * TICKS_PER_MS;
    }
}

// The chip's own counter, 32 bits wide (TRM 1.4.1); QEMU gives time in its place.
uint64_t port_instructions(void) {
    static uint64_t total;
    static uint32_t last;
    uint32_t now;
    __asm__ volatile("csrr %0, 0x7e2" : "=r"(now));
    total += now - last;
    last = now;
    return total;
}

static void wake_after(uint32_t limit_ms) {
    const uint64_t target = esp_ticks() + (uint64_t)limit_ms * TICKS_PER_MS;
    esp_write(SYSTIMER_TARGET0_HIGH, (uint32_t)(target >> 32));
    esp_write(SYSTIMER_TARGET0_LOW, (uint32_t)target);
    esp_write(SYSTIMER_COMPARE0_LOAD, 1);
    esp_write(SYSTIMER_INT_CLEAR, 1);
    esp_write(SYSTIMER_INT_ENABLE, 1);
}

void port_idle(uint32_t limit_ms) {
    if (esp_console_waiting()) return;
    wake_after(limit_ms < SLEEP_LIMIT_MS ? limit_ms : SLEEP_LIMIT_MS);
    if (!esp_console_waiting()) __asm__ volatile("wfi");
}

void port_watchdog_start(uint32_t limit_ms) {
    unlock_watchdogs();
    esp_write(WDT_PRESCALE, PRESCALE_MS);
    esp_write(WDT_STAGE0, limit_ms);
    esp_write(WDT_CONFIG, limit_ms == 0 ? WDT_CONFIG_UPDATE
                                        : WDT_CONFIG_ON | WDT_CONFIG_SYSTEM_RESET | WDT_CONFIG_XTAL | WDT_CONFIG_UPDATE);
    esp_write(WDT_FEED, 1);
    lock_watchdogs();
}

void port_watchdog_feed(void) {
    esp_write(WDT_PROTECT, WDT_KEY);
    esp_write(WDT_FEED, 1);
    esp_write(WDT_PROTECT, 0);
}
