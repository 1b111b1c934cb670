// SPDX-License-Identifier: Apache-2.0
// Two lines are listened to: UART0 and USB Serial/JTAG, the only one of many boards. What is sent goes to the one that
// spoke last, and to UART0 before any did.
#include "esp32c3.h"
#include "port.h"
#include "registers.h"
#include "trap.h"

#define BAUD_WHOLE 347u     // 40 MHz / 115,200
#define BAUD_SIXTEENTHS 4u
#define RX_THRESHOLD 64u    // of 128 bytes in the FIFO
#define RX_TIMEOUT_BITS 10u
#define TX_LIMIT 120u
#define USB_PACKET 64u
#define USB_PATIENCE 800000u  // ticks, 50 ms: without a host at the other end what is sent is lost
#define RING_SIZE 4096u       // a power of two

static uint8_t ring[RING_SIZE];
static volatile uint32_t head;  // written by the interrupts
static volatile uint32_t tail;  // written by the reader
static volatile bool to_usb;

void esp_console_start(void) {
    esp_write(UART_INT_ENABLE, 0);
    esp_write(UART_CLK_CONF, UART_CLK_CONF_XTAL);
    esp_write(UART_CLKDIV, BAUD_SIXTEENTHS << 20 | BAUD_WHOLE);
    esp_write(UART_MEM_CONF, RX_TIMEOUT_BITS << 16 | 1u << 4 | 1u << 1);  // 128 bytes each way
    esp_write(UART_CONF1, 1u << 21 | RX_THRESHOLD);
    esp_write(UART_ID, UART_ID_UPDATE);
    esp_write(UART_INT_CLEAR, UART_INT_RX);
    esp_write(UART_INT_ENABLE, UART_INT_RX);
    esp_write(USB_INT_ENABLE, USB_INT_OUT_PACKET);
}

static bool keep(uint32_t byte) {
    if (head - tail == RING_SIZE) return false;
    ring[head % RING_SIZE] = (uint8_t)byte;
    head++;
    return true;
}

// A full ring turns the interrupt off: the FIFO then holds what it can until the reader is through.
void esp_uart_interrupt(void) {
    while (UART_STATUS_RX_COUNT(esp_read(UART_STATUS)) > 0) {
        if (head - tail == RING_SIZE) {
            esp_write(UART_INT_ENABLE, 0);
            return;
        }
        (void)keep(esp_read(UART_FIFO) & 0xffu);
        to_usb = false;
    }
    esp_write(UART_INT_CLEAR, UART_INT_RX);
}

void esp_usb_interrupt(void) {
    esp_write(USB_INT_CLEAR, USB_INT_OUT_PACKET);
    while ((esp_read(USB_EP1_CONF) & USB_EP1_OUT_AVAILABLE) != 0) {
        if (head - tail == RING_SIZE) {
            esp_write(USB_INT_ENABLE, 0);
            return;
        }
        (void)keep(esp_read(USB_EP1) & 0xffu);
        to_usb = true;
    }
}

bool esp_console_waiting(void) {
    return head != tail;
}

size_t port_console_read(uint8_t *to, size_t limit) {
    size_t count = 0;
    while (count < limit && head != tail) {
        to[count++] = ring[tail % RING_SIZE];
        tail++;
    }
    if (count > 0) {
        esp_write(UART_INT_ENABLE, UART_INT_RX);
        esp_write(USB_INT_ENABLE, USB_INT_OUT_PACKET);
    }
    return count;
}

static bool usb_free(void) {
    for (uint32_t waited = 0; (esp_read(USB_EP1_CONF) & USB_EP1_IN_FREE) == 0; waited += 16u) {
        if (waited > USB_PATIENCE) return false;
        esp_wait_ticks(16);
    }
    return true;
}

static void write_usb(const uint8_t *bytes, size_t len) {
    for (size_t done = 0; done < len && usb_free();) {
        const size_t end = len - done < USB_PACKET ? len : done + USB_PACKET;
        while (done < end && (esp_read(USB_EP1_CONF) & USB_EP1_IN_FREE) != 0) esp_write(USB_EP1, bytes[done++]);
        esp_write(USB_EP1_CONF, USB_EP1_WRITE_DONE);
    }
}

static void write_uart(const uint8_t *bytes, size_t len) {
    for (size_t i = 0; i < len; i++) {
        while (UART_STATUS_TX_COUNT(esp_read(UART_STATUS)) >= TX_LIMIT) {
        }
        esp_write(UART_FIFO, bytes[i]);
    }
}

void port_console_write(const void *from, size_t length) {
    if (to_usb) write_usb(from, length);
    else write_uart(from, length);
}

void port_console_flush(void) {
    if (to_usb) {
        (void)usb_free();
        return;
    }
    while (UART_STATUS_TX_COUNT(esp_read(UART_STATUS)) > 0 || (esp_read(UART_FSM) & UART_FSM_TX_BUSY) != 0) {
    }
}
