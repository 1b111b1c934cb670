// SPDX-License-Identifier: Apache-2.0
#include "port.h"
#include "trap.h"

#define CODE_ALIAS 0x700000u  // SRAM1 on the instruction bus stands this much above the data bus (TRM 3.3.2)

static tm_boot_info boot_info __attribute__((section(".boot_info")));

uint8_t *port_image_ram(void) {
    return (uint8_t *)(uintptr_t)TM_FLASH_ESP32C3_RAM_BASE;
}

_Noreturn void port_launch(const tm_boot_info *info) {
    boot_info = *info;
    esp_trap_stop();
    __asm__ volatile("fence" : : : "memory");
    void (*const image)(const tm_boot_info *) =
        (void (*)(const tm_boot_info *))(uintptr_t)(TM_FLASH_ESP32C3_RAM_BASE + CODE_ALIAS);
    image(&boot_info);
    port_reset();  // an image that returns
}
