// SPDX-License-Identifier: Apache-2.0
// 16550 UART: received bytes go from the FIFO (trigger 14) to a ring by interrupt, sent ones by polling.
#include "port.h"
#include "registers.h"
#include "trap.h"
#include "virt.h"

#define UART_DATA (VIRT_UART + 0u)
#define UART_IER (VIRT_UART + 1u)
#define UART_FCR (VIRT_UART + 2u)
#define UART_LCR (VIRT_UART + 3u)
#define UART_LSR (VIRT_UART + 5u)
#define IER_RECEIVE 1u
#define FCR_FIFO_TRIGGER_14 0xc1u
#define LCR_8N1 3u
#define LSR_READY 0x01u
#define LSR_EMPTY 0x20u
#define LSR_IDLE 0x40u

#define RING_SIZE 4096u  // a power of two

static uint8_t ring[RING_SIZE];
static volatile uint32_t head;  // written by the interrupt
static volatile uint32_t tail;  // written by the reader

void virt_console_start(void) {
    *virt_byte(UART_LCR) = LCR_8N1;
    *virt_byte(UART_FCR) = FCR_FIFO_TRIGGER_14;
    *virt_byte(UART_IER) = IER_RECEIVE;
}

// A full ring turns the interrupt off: the FIFO then holds the sender back until the reader is through.
void virt_console_interrupt(void) {
    while ((*virt_byte(UART_LSR) & LSR_READY) != 0) {
        if (head - tail == RING_SIZE) {
            *virt_byte(UART_IER) = 0;
            return;
        }
        ring[head % RING_SIZE] = *virt_byte(UART_DATA);
        head++;
    }
}

bool virt_console_waiting(void) { return head != tail; }

size_t port_console_read(uint8_t *to, size_t limit) {
    size_t count = 0;
    while (count < limit && head != tail) {
        to[count++] = ring[tail % RING_SIZE];
        tail++;
    }
    if (count > 0) *virt_byte(UART_IER) = IER_RECEIVE;
    return count;
}

void port_console_write(const void *from, size_t length) {
    const uint8_t *bytes = from;
    for (size_t i = 0; i < length; i++) {
        while ((*virt_byte(UART_LSR) & LSR_EMPTY) == 0) {
        }
        *virt_byte(UART_DATA) = bytes[i];
    }
}

void port_console_flush(void) {
    while ((*virt_byte(UART_LSR) & LSR_IDLE) == 0) {
    }
}
