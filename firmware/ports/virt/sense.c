// SPDX-License-Identifier: Apache-2.0
// The machine has no pin, so button and ignition of the emulated unit are virtio devices on QEMU's command line:
//   -device virtio-net-device,id=button   a normally closed contact: `set_link button off` presses it
//   -device virtio-balloon-device         the vehicle moves
// Without them somebody is always there, and nothing moves.
#include "port.h"
#include "registers.h"
#include "virt.h"

#define DEVICE_NETWORK 1u
#define DEVICE_BALLOON 5u

// struct virtio_net_config (virtio 1.1, section 5.1.4), a half word after the MAC address.
#define NETWORK_STATUS 0x106u
#define NETWORK_LINK_UP 1u

bool port_present(void) {
    const uint32_t button = virt_virtio_find(DEVICE_NETWORK);
    return button == 0 || (*virt_half(button + NETWORK_STATUS) & NETWORK_LINK_UP) == 0;
}

bool port_safe_to_reboot(void) { return virt_virtio_find(DEVICE_BALLOON) == 0; }
