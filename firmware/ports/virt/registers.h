// SPDX-License-Identifier: Apache-2.0
// QEMU's RISC-V "virt" machine: addresses from hw/riscv/virt.c.
#ifndef TM_VIRT_REGISTERS_H
#define TM_VIRT_REGISTERS_H

#include <stdint.h>

#define VIRT_TEST 0x00100000u
#define VIRT_CLINT 0x02000000u
#define VIRT_PLIC 0x0c000000u
#define VIRT_UART 0x10000000u
#define VIRT_UART_IRQ 10u
#define VIRT_VIRTIO 0x10001000u
#define VIRT_VIRTIO_STRIDE 0x1000u
#define VIRT_VIRTIO_COUNT 8u
#define VIRT_FLASH 0x20000000u
#define VIRT_ONE_TIME 0x22000000u
#define VIRT_BANK_SIZE 0x02000000u

static inline volatile uint32_t *virt_word(uint32_t address) {
    return (volatile uint32_t *)(uintptr_t)address;
}

static inline volatile uint16_t *virt_half(uint32_t address) {
    return (volatile uint16_t *)(uintptr_t)address;
}

static inline volatile uint8_t *virt_byte(uint32_t address) {
    return (volatile uint8_t *)(uintptr_t)address;
}

#endif
