// SPDX-License-Identifier: Apache-2.0
// The emulated unit's button and ignition are virtio devices that are plugged in or not, on QEMU's command line:
//   -device virtio-serial-device     nobody is at the unit
//   -device virtio-balloon-device    the vehicle moves
// Debian's QEMU 7.2 gives this machine no fw_cfg file, and the machine has no pin.
#include "port.h"
#include "virt.h"

#define DEVICE_SERIAL 3u
#define DEVICE_BALLOON 5u

bool port_present(void) { return virt_virtio_find(DEVICE_SERIAL) == 0; }
bool port_safe_to_reboot(void) { return virt_virtio_find(DEVICE_BALLOON) == 0; }
