// SPDX-License-Identifier: Apache-2.0
// The ESP32-C3's noise and fuses against registers that behave as ESP-IDF's drivers expect them to: what QEMU's do not
// show. Time passes by reading it, a tick a read.
#define esp_read real_read
#define esp_write real_write
#define esp_set real_set
#define esp_clear real_clear
#define esp_field real_field
#include "../ports/esp32c3/registers.h"
#undef esp_read
#undef esp_write
#undef esp_set
#undef esp_clear
#undef esp_field
#define port_entropy esp_port_entropy
#include "../ports/esp32c3/rom.h"
#undef rom_analog_write
#undef rom_reed_solomon
#define rom_analog_write fake_analog_write
#define rom_reed_solomon fake_reed_solomon

#include "tap.h"

#define FUSES 0x60008000u  // DR_REG_EFUSE_BASE is 0x60008800
#define CONVERSION 1200u   // ticks of the ADC's 40 MHz / 15 / 2 / 100, the shortest

static uint32_t registers[0x400];  // the eFuse controller's page
static uint32_t burned_with[3];    // DAC, timing 1, timing 2 when the burn began
static uint32_t coding_errors[2];
static unsigned burns, busy, dones;
static uint64_t now, source_on_at;
static unsigned noise_reads;
static bool converting;

static void fake_analog_write(uint8_t b, uint8_t h, uint8_t r, uint8_t m, uint8_t l, uint8_t v) {
    (void)b, (void)h, (void)r, (void)m, (void)l, (void)v;
}

static void fake_reed_solomon(const void *data, void *check) {
    memcpy(check, data, 12);
}

uint64_t esp_ticks(void);
uint64_t esp_ticks(void) {
    return ++now;
}

static uint32_t *fuse_register(uint32_t address) {
    return &registers[(address - FUSES) / 4u];
}

static void command(uint32_t value) {
    // ESP-IDF, components/soc/esp32c3/include/soc/efuse_reg.h: DAC_CONF + 0x1e8, WR_TIM_CONF1 + 0x1f0, WR_TIM_CONF2 + 0x1f4.
    if ((value & 2u) != 0) {
        const uint32_t block = value >> 2;
        uint32_t *const fuses = fuse_register(block == 0 ? 0x6000882cu : 0x6000885cu + 32u * (block - 2u));
        burned_with[0] = *fuse_register(0x600089e8u);
        burned_with[1] = *fuse_register(0x600089f0u);
        burned_with[2] = *fuse_register(0x600089f4u);
        for (uint32_t i = 0; i < (block == 0 ? 6u : 8u); i++) fuses[i] |= *fuse_register(0x60008800u + 4u * i);
        burns++;
    }
    busy = 3;
    dones = 0;
}

static uint32_t esp_read(uint32_t address) {
    if (address == RNG_DATA) {
        noise_reads++;
        return converting && now - source_on_at >= CONVERSION ? (uint32_t)((now - source_on_at) / CONVERSION) << 8 : 0;
    }
    if (address == 0x600089c0u || address == 0x600089c4u) return coding_errors[(address - 0x600089c0u) / 4u];
    if (address == EFUSE_COMMAND) {
        if (busy > 0) return busy--;
        dones++;
        return 0;
    }
    return address >= FUSES && address < FUSES + sizeof registers ? *fuse_register(address) : 0;
}

static void esp_write(uint32_t address, uint32_t value) {
    if (address == EFUSE_COMMAND) command(value);
    else if (address >= FUSES && address < FUSES + sizeof registers) *fuse_register(address) = value;
}

static void esp_set(uint32_t address, uint32_t bits) {
    if (address == SAR_CTRL2 && (bits & SAR_CTRL2_TIMER) != 0) {
        source_on_at = now;
        converting = true;
    }
}

static void esp_clear(uint32_t address, uint32_t bits) {
    if (address == SAR_CTRL2 && (bits & SAR_CTRL2_TIMER) != 0) converting = false;
}

static void esp_field(uint32_t address, uint32_t mask, uint32_t bits) {
    (void)address, (void)mask, (void)bits;
}

#include "../ports/esp32c3/efuse.c"
#include "../ports/esp32c3/entropy.c"

static void test_noise(void) {
    uint8_t bytes[32];
    const uint64_t start = now;
    ok_error(port_entropy(NULL, bytes, sizeof bytes), TM_OK, "noise is taken");
    ok(!converting, "and its source rests after");
    // bootloader_random_esp32c3.c and bootloader_random.c: 64 microseconds a word at least; the ADC's first result later.
    ok(now - start >= 16000u + 8u * 1024u, "A12 a millisecond to settle, then 64 microseconds a word at least");
    ok(now - start >= 16000u + 8u * CONVERSION, "A12 no word without a conversion of its own");
    ok(noise_reads > 8u * 100u, "A12 all that is read meanwhile is folded in");
}

static void test_timing(void) {
    ok_error(efuse_burn(EFUSE_REPEAT0, 1u << 9), TM_OK, "a fuse is burned");
    ok(burned_with[0] == (0xffu << 9 | 0x28u) && burned_with[1] == 0x3000u << 8 && burned_with[2] == 0x190u,
       "by the timing of ESP-IDF's efuse_hal.c, in this chip's registers");
    ok(dones >= 2, "and the controller was done twice before the fuses were believed");
}

static void test_coding_errors(void) {
    uint8_t value[EFUSE_BLOCK_BYTES] = {1, 2, 3};
    coding_errors[0] = 1u << 4u * (7u - 1u);
    ok_error(efuse_block_burn(7, value), TM_ERROR_ONE_TIME_MEMORY, "D10 a block that reads right by correction is no value");
    coding_errors[0] = 8u << 4u * 7u;
    ok_error(efuse_block_burn(7, value), TM_ERROR_ONE_TIME_MEMORY, "D10 nor one that failed");
    coding_errors[0] = 8u << 4u * 6u;  // block 6's
    const unsigned before = burns;
    ok_error(efuse_block_burn(7, value), TM_OK, "another block's failure is not this one's");
    ok(burns == before, "and a whole value is not burned twice");
}

int main(void) {
    test_noise();
    test_timing();
    test_coding_errors();
    return done();
}
