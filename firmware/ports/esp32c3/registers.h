// SPDX-License-Identifier: Apache-2.0
// Every register of the ESP32-C3 that this port touches, and the only way to touch one. Sections in brackets are those of
// the ESP32-C3 Technical Reference Manual, version 1.1. A name ends in its bits' meaning where it is a bit.
#ifndef TM_ESP32C3_REGISTERS_H
#define TM_ESP32C3_REGISTERS_H

#include <stdint.h>

static inline uint32_t esp_read(uint32_t address) { return *(volatile uint32_t *)(uintptr_t)address; }
static inline void esp_write(uint32_t address, uint32_t value) { *(volatile uint32_t *)(uintptr_t)address = value; }
static inline void esp_set(uint32_t address, uint32_t bits) { esp_write(address, esp_read(address) | bits); }
static inline void esp_clear(uint32_t address, uint32_t bits) { esp_write(address, esp_read(address) & ~bits); }
static inline void esp_field(uint32_t address, uint32_t mask, uint32_t bits) {
    esp_write(address, (esp_read(address) & ~mask) | bits);
}

// UART0 [26.5]
#define UART_FIFO 0x60000000u
#define UART_INT_STATUS 0x60000008u
#define UART_INT_ENABLE 0x6000000cu
#define UART_INT_CLEAR 0x60000010u
#define UART_INT_RX (1u << 0 | 1u << 4 | 1u << 8)  // FIFO full, overflow, time-out
#define UART_CLKDIV 0x60000014u                    // whole [11:0], sixteenths [23:20]
#define UART_STATUS 0x6000001cu
#define UART_STATUS_RX_COUNT(value) ((value)&0x3ffu)
#define UART_STATUS_TX_COUNT(value) ((value) >> 16 & 0x3ffu)
#define UART_CONF1 0x60000024u  // RX threshold [8:0], TX threshold [17:9], time-out enable [21]
#define UART_MEM_CONF 0x60000060u
#define UART_FSM 0x6000006cu
#define UART_FSM_TX_BUSY 0xf0u
#define UART_CLK_CONF 0x60000078u
#define UART_CLK_CONF_XTAL (3u << 20 | 1u << 22 | 1u << 24 | 1u << 25)  // source, core, TX and RX clocks on
#define UART_ID 0x60000080u
#define UART_ID_UPDATE (1u << 31 | 1u << 30)  // takes the registers over into the core clock's domain

// USB Serial/JTAG controller [30.5]
#define USB_EP1 0x60043000u
#define USB_EP1_CONF 0x60043004u
#define USB_EP1_WRITE_DONE (1u << 0)
#define USB_EP1_IN_FREE (1u << 1)
#define USB_EP1_OUT_AVAILABLE (1u << 2)
#define USB_INT_ENABLE 0x60043010u
#define USB_INT_CLEAR 0x60043014u
#define USB_INT_OUT_PACKET (1u << 2)

// GPIO and IO MUX [5.14]
#define GPIO_IN 0x6000403cu
#define IO_MUX(pin) (0x60009004u + 4u * (pin))
#define IO_MUX_PULL_DOWN (1u << 7)
#define IO_MUX_PULL_UP (1u << 8)
#define IO_MUX_INPUT (1u << 9)
#define IO_MUX_GPIO (1u << 12)

// Reset, RTC watchdog, super watchdog, power of the SAR ADC [9.6, 12.4, 6.1.3]
#define RTC_OPTIONS 0x60008000u
#define RTC_OPTIONS_SYSTEM_RESET (1u << 31)
#define RTC_ANALOG 0x60008034u
#define RTC_ANALOG_SAR_I2C_UP (1u << 22)
#define RTC_RESET_STATE 0x60008038u
#define RTC_RESET_CAUSE(value) ((value)&0x3fu)
#define RTC_WDT_CONFIG 0x60008090u
#define RTC_WDT_PROTECT 0x600080a8u
#define RTC_SWD_CONFIG 0x600080acu
#define RTC_SWD_AUTO_FEED (1u << 31)
#define RTC_SWD_PROTECT 0x600080b0u
#define RTC_SWD_KEY 0x8f1d312au
#define RTC_SENSOR 0x6000811cu
#define RTC_SENSOR_SAR_POWER (3u << 30)

// eFuse controller [4.5]
#define EFUSE_PROGRAM(word) (0x60008800u + 4u * (word))  // 8 words, then 3 of Reed-Solomon check value
#define EFUSE_PROGRAM_WORDS 11u
#define EFUSE_BLOCK0(word) (0x6000882cu + 4u * (word))
#define EFUSE_MAC(word) (0x60008844u + 4u * (word))
#define EFUSE_BLOCK(number) (0x6000885cu + 32u * ((number)-2u))  // 2 to 10, 8 words each
#define EFUSE_CODING_ERRORS(word) (0x600089c0u + 4u * (word))
#define EFUSE_CONF 0x600089ccu
#define EFUSE_CONF_WRITE 0x5a5au
#define EFUSE_CONF_READ 0x5aa5u
#define EFUSE_COMMAND 0x600089d4u
#define EFUSE_COMMAND_READ 1u
#define EFUSE_COMMAND_PROGRAM(block) ((block) << 2 | 2u)
#define EFUSE_DAC 0x600089e8u
#define EFUSE_DAC_40_MHZ (0xffu << 9 | 0x28u)  // clock divider [7:0], steps [16:9]
#define EFUSE_WRITE_TIMING1 0x600089f0u
#define EFUSE_POWER_ON_40_MHZ (0x3000u << 8)
#define EFUSE_WRITE_TIMING2 0x600089f4u
#define EFUSE_POWER_OFF_40_MHZ 0x190u

// Timer group 0: main watchdog [12.4, 11.4]
#define WDT_CONFIG 0x6001f048u
#define WDT_CONFIG_FLASH_BOOT (1u << 14)
#define WDT_CONFIG_XTAL (1u << 21)
#define WDT_CONFIG_UPDATE (1u << 22)
#define WDT_CONFIG_SYSTEM_RESET (3u << 29 | 7u << 15 | 7u << 18)  // first stage's action, lengths of the reset signals
#define WDT_CONFIG_ON (1u << 31)
#define WDT_PRESCALE 0x6001f04cu  // [31:16]
#define WDT_STAGE0 0x6001f050u
#define WDT_FEED 0x6001f060u
#define WDT_PROTECT 0x6001f064u
#define WDT_KEY 0x50d83aa1u  // of the RTC watchdog, too

// System timer, 16 MHz [10.5]
#define SYSTIMER_CONF 0x60023000u
#define SYSTIMER_CONF_ON (1u << 31 | 1u << 30 | 1u << 24)  // clock, unit 0, comparator 0
#define SYSTIMER_UNIT0 0x60023004u
#define SYSTIMER_UNIT0_VALID (1u << 29)
#define SYSTIMER_UNIT0_UPDATE (1u << 30)
#define SYSTIMER_TARGET0_HIGH 0x6002301cu
#define SYSTIMER_TARGET0_LOW 0x60023020u
#define SYSTIMER_TARGET0_CONF 0x60023034u
#define SYSTIMER_VALUE_HIGH 0x60023040u
#define SYSTIMER_VALUE_LOW 0x60023044u
#define SYSTIMER_COMPARE0_LOAD 0x60023050u
#define SYSTIMER_INT_ENABLE 0x60023064u
#define SYSTIMER_INT_CLEAR 0x6002306cu

// Random numbers [25.5] and the SAR ADC that makes them true [34.6]
#define RNG_DATA 0x600260b0u
#define SAR_CTRL 0x60040000u
#define SAR_CTRL_CLOCK (1u << 6)
#define SAR_CTRL_DIVIDER (0xffu << 7)
#define SAR_CTRL_PATTERN_LENGTH (7u << 15)
#define SAR_CTRL_PATTERN_CLEAR (1u << 23)
#define SAR_CTRL_POWER (3u << 27)
#define SAR_CTRL2 0x60040004u
#define SAR_CTRL2_LIMIT (1u << 0)
#define SAR_CTRL2_TARGET (0xfffu << 12)
#define SAR_CTRL2_TIMER (1u << 24)
#define SAR_WAIT 0x6004000cu
#define SAR_PATTERN1 0x60040018u
#define SAR_PATTERN2 0x6004001cu
#define SAR_DMA 0x60040050u
#define SAR_DMA_ON (1u << 31)
#define SAR_CLOCK 0x60040054u
#define SAR_CLOCK_DIVIDER 0xffu
#define SAR_CLOCK_ON (1u << 20)
#define SAR_CLOCK_APB (2u << 21)
#define SAR_CLOCK_SOURCE (3u << 21)

// SHA accelerator [18.5]; words of message and state stand in memory order
#define SHA_MODE 0x6003b000u
#define SHA_MODE_256 2u
#define SHA_CONTINUE 0x6003b014u
#define SHA_BUSY 0x6003b018u
#define SHA_STATE(word) (0x6003b040u + 4u * (word))
#define SHA_MESSAGE(word) (0x6003b080u + 4u * (word))

// HMAC accelerator [21.4]
#define HMAC_START 0x6003e040u
#define HMAC_PURPOSE 0x6003e044u
#define HMAC_KEY 0x6003e048u
#define HMAC_CONFIGURED 0x6003e04cu
#define HMAC_MESSAGE_ONE 0x6003e050u
#define HMAC_MESSAGE_NEXT 0x6003e054u
#define HMAC_RESULT_TAKEN 0x6003e05cu
#define HMAC_ERROR 0x6003e068u
#define HMAC_BUSY 0x6003e06cu
#define HMAC_MESSAGE(word) (0x6003e080u + 4u * (word))
#define HMAC_RESULT(word) (0x6003e0c0u + 4u * (word))
#define HMAC_MESSAGE_PADDED 0x6003e0f0u
#define HMAC_ONE_BLOCK 0x6003e0f4u

// Clocks and resets of the peripherals [16.4, 6.2.4]
#define SYSTEM_CLOCK0 0x600c0010u
#define SYSTEM_CLOCK1 0x600c0014u
#define SYSTEM_RESET0 0x600c0018u
#define SYSTEM_RESET1 0x600c001cu
#define SYSTEM0_SAR_ADC (1u << 28)
#define SYSTEM1_SHA_DS_HMAC (1u << 2 | 1u << 4 | 1u << 5)
#define SYSTEM_CPU_CLOCK 0x600c0058u
#define SYSTEM_CPU_CLOCK_DIVIDER 0x3ffu
#define SYSTEM_CPU_CLOCK_SOURCE (3u << 10)  // 0: crystal

// Interrupt matrix [8.5]
#define MATRIX_SOURCE(source) (0x600c2000u + 4u * (source))
#define MATRIX_SOURCE_UART0 21u
#define MATRIX_SOURCE_USB 26u
#define MATRIX_SOURCE_SYSTIMER0 37u
#define MATRIX_ENABLE 0x600c2104u
#define MATRIX_TYPE 0x600c2108u  // 0: level
#define MATRIX_PRIORITY(line) (0x600c2114u + 4u * (line))
#define MATRIX_THRESHOLD 0x600c2194u

#endif
