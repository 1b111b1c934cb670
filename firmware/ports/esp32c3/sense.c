// SPDX-License-Identifier: Apache-2.0
// The BOOT button of every board, and an input that the product wires to the ignition: high while the vehicle may move.
#include "esp32c3.h"
#include "port.h"
#include "registers.h"

#define BOOT_BUTTON 9u  // low while it is pressed
#define IGNITION 10u

void esp_sense_start(void) {
    esp_field(IO_MUX(BOOT_BUTTON), IO_MUX_PULL_DOWN, IO_MUX_GPIO | IO_MUX_INPUT | IO_MUX_PULL_UP);
    esp_field(IO_MUX(IGNITION), IO_MUX_PULL_UP, IO_MUX_GPIO | IO_MUX_INPUT | IO_MUX_PULL_DOWN);
}

bool port_present(void) { return (esp_read(GPIO_IN) & 1u << BOOT_BUTTON) == 0; }
bool port_safe_to_reboot(void) { return (esp_read(GPIO_IN) & 1u << IGNITION) == 0; }
