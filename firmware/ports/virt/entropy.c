// SPDX-License-Identifier: Apache-2.0
// virtio-mmio entropy device (virtio 1.1, sections 4.2 and 5.4): one queue of one descriptor, polled.
#include <string.h>

#include "port.h"
#include "registers.h"
#include "virt.h"

#define DEVICE_ENTROPY 4u
#define FEATURE_VERSION_1_WORD 1u  // feature bit 32 is bit 0 of word 1

enum {
    REG_DRIVER_FEATURES = 0x020,
    REG_DRIVER_FEATURES_WORD = 0x024,
    REG_QUEUE = 0x030,
    REG_QUEUE_SIZE = 0x038,
    REG_QUEUE_READY = 0x044,
    REG_NOTIFY = 0x050,
    REG_STATUS = 0x070,
    REG_DESCRIPTORS = 0x080,
    REG_AVAILABLE = 0x090,
    REG_USED = 0x0a0,
};

enum { STATUS_ACKNOWLEDGE = 1, STATUS_DRIVER = 2, STATUS_DRIVER_OK = 4, STATUS_FEATURES_OK = 8 };

#define DESCRIPTOR_DEVICE_WRITES 2u
#define CHUNK 256u
#define TIMEOUT_MS 2000u

static struct {
    uint64_t address;
    uint32_t length;
    uint16_t flags;
    uint16_t next;
} volatile descriptor __attribute__((aligned(16)));

static struct {
    uint16_t flags;
    uint16_t index;
    uint16_t ring[1];
} volatile available __attribute__((aligned(4)));

static struct {
    uint16_t flags;
    uint16_t index;
    struct {
        uint32_t id;
        uint32_t length;
    } ring[1];
} volatile used __attribute__((aligned(4)));

static uint8_t chunk[CHUNK];
static uint32_t device;  // 0: none

static void set_address(uint32_t reg, const volatile void *at) {
    *virt_word(device + reg) = (uint32_t)(uintptr_t)at;
    *virt_word(device + reg + 4u) = 0;
}

void virt_entropy_start(void) {
    device = virt_virtio_find(DEVICE_ENTROPY);
    if (device == 0) return;
    *virt_word(device + REG_STATUS) = 0;
    *virt_word(device + REG_STATUS) = STATUS_ACKNOWLEDGE | STATUS_DRIVER;
    *virt_word(device + REG_DRIVER_FEATURES_WORD) = FEATURE_VERSION_1_WORD;
    *virt_word(device + REG_DRIVER_FEATURES) = 1;
    *virt_word(device + REG_STATUS) = STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK;
    *virt_word(device + REG_QUEUE) = 0;
    *virt_word(device + REG_QUEUE_SIZE) = 1;
    set_address(REG_DESCRIPTORS, &descriptor);
    set_address(REG_AVAILABLE, &available);
    set_address(REG_USED, &used);
    *virt_word(device + REG_QUEUE_READY) = 1;
    *virt_word(device + REG_STATUS) = STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK | STATUS_DRIVER_OK;
}

static tm_error fill(size_t *got) {
    const uint16_t before = used.index;
    descriptor.address = (uint32_t)(uintptr_t)chunk;
    descriptor.length = CHUNK;
    descriptor.flags = DESCRIPTOR_DEVICE_WRITES;
    available.ring[0] = 0;
    __asm__ volatile("fence" : : : "memory");
    available.index++;
    __asm__ volatile("fence" : : : "memory");
    *virt_word(device + REG_NOTIFY) = 0;
    for (const uint64_t start = port_clock_ms(); used.index == before;) {
        if (port_clock_ms() - start > TIMEOUT_MS) return TM_ERROR_ENTROPY_FAILED;
    }
    __asm__ volatile("fence" : : : "memory");
    *got = used.ring[0].length;
    return *got > 0 && *got <= CHUNK ? TM_OK : TM_ERROR_ENTROPY_FAILED;
}

tm_error port_entropy(void *ctx, uint8_t *to, size_t len) {
    (void)ctx;
    if (device == 0) return TM_ERROR_ENTROPY_FAILED;
    while (len > 0) {
        size_t got = 0;
        TM_TRY(fill(&got));
        if (got > len) got = len;
        memcpy(to, chunk, got);
        to += got;
        len -= got;
    }
    tm_wipe(chunk, sizeof chunk);
    return TM_OK;
}
