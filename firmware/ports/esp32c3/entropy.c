// SPDX-License-Identifier: Apache-2.0
// The random number register is true only while radio or SAR ADC feeds it (TRM 25.3). The ADC samples its own reference
// voltage while noise is taken, and rests otherwise.
#include "esp32c3.h"
#include "port.h"
#include "registers.h"
#include "rom.h"

#define ANALOG_SAR_BLOCK 0x69u
#define ANALOG_SAR_HOST 0u
#define ANALOG_SAR_REG 7u
#define PATTERN_REFERENCE 0x9cffffu  // first entry: ADC2's internal channel
#define PATTERN_NONE 0xffffffu
#define TICKS_TO_SETTLE 16000u  // 1 millisecond: over ten conversions
#define TICKS_PER_WORD 2560u    // 160 microseconds: two conversions, of 40 MHz / 16 / 2 / 100 each

static void analog(uint8_t msb, uint8_t lsb, uint8_t value) {
    rom_analog_write(ANALOG_SAR_BLOCK, ANALOG_SAR_HOST, ANALOG_SAR_REG, msb, lsb, value);
}

static void source_on(void) {
    esp_set(RTC_SENSOR, RTC_SENSOR_SAR_POWER);
    esp_set(RTC_ANALOG, RTC_ANALOG_SAR_I2C_UP);
    analog(6, 6, 1);  // reference voltage to ADC2
    analog(1, 0, 0);
    analog(3, 3, 0);
    analog(2, 2, 0);
    esp_set(SYSTEM_CLOCK0, SYSTEM0_SAR_ADC);
    esp_clear(SYSTEM_RESET0, SYSTEM0_SAR_ADC);
    esp_field(SAR_CLOCK, SAR_CLOCK_SOURCE | SAR_CLOCK_DIVIDER, SAR_CLOCK_APB | SAR_CLOCK_ON | 15u);
    esp_field(SAR_CTRL, SAR_CTRL_DIVIDER | SAR_CTRL_PATTERN_LENGTH, SAR_CTRL_CLOCK | SAR_CTRL_POWER | 1u << 7);
    esp_write(SAR_WAIT, 100u << 16 | 8u << 8 | 5u);  // standby, reset, power-up
    esp_set(SAR_CTRL, SAR_CTRL_PATTERN_CLEAR);
    esp_clear(SAR_CTRL, SAR_CTRL_PATTERN_CLEAR);
    esp_write(SAR_PATTERN1, PATTERN_REFERENCE);
    esp_write(SAR_PATTERN2, PATTERN_NONE);
    esp_field(SAR_CTRL2, SAR_CTRL2_TARGET | SAR_CTRL2_LIMIT, 100u << 12);
    esp_set(SAR_DMA, SAR_DMA_ON);
    esp_set(SAR_CTRL2, SAR_CTRL2_TIMER);
}

static void source_off(void) {
    analog(6, 6, 0);
    esp_clear(SAR_CTRL2, SAR_CTRL2_TIMER);
    esp_clear(SAR_DMA, SAR_DMA_ON);
    esp_write(SAR_PATTERN1, PATTERN_NONE);
    esp_clear(SAR_CLOCK, SAR_CLOCK_ON);
    esp_clear(SAR_CTRL, SAR_CTRL_POWER);
    esp_clear(RTC_SENSOR, RTC_SENSOR_SAR_POWER);
}

// All that the register reads meanwhile, folded into one word, as ESP-IDF's bootloader_fill_random does.
static uint32_t gather(uint32_t ticks) {
    uint32_t word = esp_read(RNG_DATA);
    for (const uint64_t start = esp_ticks(); esp_ticks() - start < ticks;) word ^= esp_read(RNG_DATA);
    return word;
}

tm_error port_entropy(void *ctx, uint8_t *to, size_t len) {
    (void)ctx;
    source_on();
    port_watchdog_feed();
    (void)gather(TICKS_TO_SETTLE);
    for (size_t done = 0; done < len;) {
        uint32_t word = gather(TICKS_PER_WORD);
        for (unsigned i = 0; i < 4 && done < len; i++, word >>= 8) to[done++] = (uint8_t)word;
    }
    source_off();
    return TM_OK;
}
