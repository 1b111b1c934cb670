// SPDX-License-Identifier: Apache-2.0
#include "esp32c3.h"
#include "port.h"
#include "registers.h"
#include "trap.h"

const char port_name[] = "esp32c3";

// Causes of resets of the CPU alone (TRM 6.1.3): what it had set in motion may still run.
static bool only_cpu_was_reset(void) {
    switch (RTC_RESET_CAUSE(esp_read(RTC_RESET_STATE))) {
        case 0x0b:  // main watchdog 0
        case 0x0c:  // software
        case 0x0d:  // RTC watchdog
        case 0x11:  // main watchdog 1
            return true;
        default: return false;
    }
}

void port_start(void) {
    if (only_cpu_was_reset()) port_reset();
    esp_clock_start();
    esp_set(SYSTEM_CLOCK1, SYSTEM1_SHA_DS_HMAC);
    esp_clear(SYSTEM_RESET1, SYSTEM1_SHA_DS_HMAC);
    esp_flash_start();
    esp_sense_start();
    esp_console_start();
    esp_trap_start();
}

_Noreturn void port_reset(void) {
    esp_write(RTC_OPTIONS, RTC_OPTIONS_SYSTEM_RESET);
    for (;;) {
    }
}
