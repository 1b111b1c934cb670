// SPDX-License-Identifier: Apache-2.0
// The image in the slot is checked as on a chip, but what runs is this program's own app.
#include "app.h"
#include "port.h"

static uint8_t image_ram[TM_LIMIT_IMAGE_BYTES];
static tm_boot_info boot_info;

uint8_t *port_image_ram(void) {
    return image_ram;
}

_Noreturn void port_launch(const tm_boot_info *info) {
    boot_info = *info;
    tm_app(&boot_info);
}
