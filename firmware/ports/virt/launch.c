// SPDX-License-Identifier: Apache-2.0
#include "port.h"
#include "trap.h"

static tm_boot_info boot_info __attribute__((section(".boot_info")));

uint8_t *port_image_ram(void) {
    return (uint8_t *)(uintptr_t)TM_FLASH_VIRT_RAM_BASE;
}

_Noreturn void port_launch(const tm_boot_info *info) {
    boot_info = *info;
    virt_trap_stop();
    __asm__ volatile("fence.i" : : : "memory");
    void (*const image)(const tm_boot_info *) = (void (*)(const tm_boot_info *))(uintptr_t)TM_FLASH_VIRT_RAM_BASE;
    image(&boot_info);
    port_reset();  // an image that returns
}
