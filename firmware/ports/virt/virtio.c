// SPDX-License-Identifier: Apache-2.0
// virtio-mmio slots (virtio 1.1, section 4.2.2).
#include "registers.h"
#include "virt.h"

#define MAGIC 0x74726976u
#define VERSION_MODERN 2u
#define REG_MAGIC 0x000u
#define REG_VERSION 0x004u
#define REG_DEVICE 0x008u

uint32_t virt_virtio_find(uint32_t id) {
    for (uint32_t i = 0; i < VIRT_VIRTIO_COUNT; i++) {
        const uint32_t at = VIRT_VIRTIO + i * VIRT_VIRTIO_STRIDE;
        if (*virt_word(at + REG_MAGIC) == MAGIC && *virt_word(at + REG_VERSION) == VERSION_MODERN &&
            *virt_word(at + REG_DEVICE) == id) {
            return at;
        }
    }
    return 0;
}
