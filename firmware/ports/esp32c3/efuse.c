// SPDX-License-Identifier: Apache-2.0
#include "efuse.h"

#include "registers.h"
#include "rom.h"

#define FIRST_KEY 4u              // block of key 0
#define CLOSE_BLOCK(block) (1u << (19u + (block)))
#define CLOSE_PURPOSE(key) (1u << (8u + (key)))
#define HIDE_BLOCK(block) (1u << ((block)-FIRST_KEY))

static void run(uint32_t operation, uint32_t command) {
    esp_write(EFUSE_CONF, operation);
    esp_write(EFUSE_COMMAND, command);
    // It has to read as done twice: a fault of the hardware (ESP-IDF, components/hal/esp32c3/efuse_hal.c).
    for (unsigned done = 0; done < 2; done++) {
        while (esp_read(EFUSE_COMMAND) != 0) {
        }
    }
}

// What the program words hold, into a block; then the fuses as they are now.
static void program(uint32_t block) {
    esp_write(EFUSE_DAC, EFUSE_DAC_40_MHZ);
    esp_write(EFUSE_WRITE_TIMING1, EFUSE_POWER_ON_40_MHZ);
    esp_write(EFUSE_WRITE_TIMING2, EFUSE_POWER_OFF_40_MHZ);
    run(EFUSE_CONF_WRITE, EFUSE_COMMAND_PROGRAM(block));
    for (uint32_t i = 0; i < EFUSE_PROGRAM_WORDS; i++) esp_write(EFUSE_PROGRAM(i), 0);
    run(EFUSE_CONF_READ, EFUSE_COMMAND_READ);
}

uint32_t efuse_word(uint32_t word) {
    return esp_read(EFUSE_BLOCK0(word));
}

bool efuse_all(uint32_t word, uint32_t bits) {
    return (efuse_word(word) & bits) == bits;
}

tm_error efuse_burn(uint32_t word, uint32_t bits) {
    if (efuse_all(word, bits)) return TM_OK;
    for (uint32_t i = 0; i < EFUSE_PROGRAM_WORDS; i++) esp_write(EFUSE_PROGRAM(i), 0);
    esp_write(EFUSE_PROGRAM(word), bits & ~efuse_word(word));
    program(0);
    return efuse_all(word, bits) ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
}

void efuse_block_read(uint32_t block, uint8_t bytes[EFUSE_BLOCK_BYTES]) {
    for (uint32_t i = 0; i < EFUSE_BLOCK_BYTES; i++) {
        bytes[i] = (uint8_t)(esp_read(EFUSE_BLOCK(block) + (i & ~3u)) >> 8u * (i % 4u));
    }
}

// Whether the Reed-Solomon words found bytes to correct, or too many. In this chip alone a block's mark of failure stands
// one place above its count (efuse_hal.c, too).
static bool has_coding_error(uint32_t block) {
    const uint32_t failed = esp_read(EFUSE_CODING_ERRORS(block / 8u)) & 8u << 4u * (block % 8u);
    const uint32_t count = esp_read(EFUSE_CODING_ERRORS((block - 1u) / 8u)) & 7u << 4u * ((block - 1u) % 8u);
    return (failed | count) != 0;
}

tm_error efuse_block_burn(uint32_t block, const uint8_t bytes[EFUSE_BLOCK_BYTES]) {
    uint8_t back[EFUSE_BLOCK_BYTES];
    uint8_t check[12];
    efuse_block_read(block, back);
    if (tm_equal(back, bytes, sizeof back) && !has_coding_error(block)) return TM_OK;
    for (uint32_t i = 0; i < sizeof back; i++) {
        if ((back[i] & ~bytes[i]) != 0) return TM_ERROR_ONE_TIME_MEMORY;
    }
    rom_reed_solomon(bytes, check);
    for (uint32_t i = 0; i < 8; i++) esp_write(EFUSE_PROGRAM(i), tm_load32_le(bytes + 4u * i));
    for (uint32_t i = 0; i < 3; i++) esp_write(EFUSE_PROGRAM(8u + i), tm_load32_le(check + 4u * i));
    program(block);
    efuse_block_read(block, back);
    const bool same = tm_equal(back, bytes, sizeof back) && !has_coding_error(block);
    tm_wipe(back, sizeof back);
    tm_wipe(check, sizeof check);
    return same ? TM_OK : TM_ERROR_ONE_TIME_MEMORY;
}

bool efuse_block_closed(uint32_t block) {
    return efuse_all(EFUSE_WRITE_DISABLE, CLOSE_BLOCK(block));
}

tm_error efuse_block_close(uint32_t block) {
    return efuse_burn(EFUSE_WRITE_DISABLE, CLOSE_BLOCK(block));
}

bool efuse_block_hidden(uint32_t block) {
    return efuse_all(EFUSE_REPEAT0, HIDE_BLOCK(block));
}

tm_error efuse_block_hide(uint32_t block) {
    return efuse_burn(EFUSE_REPEAT0, HIDE_BLOCK(block));
}

// Purposes of keys 0 and 1 end word REPEAT1, those of 2 to 5 begin REPEAT2.
static uint32_t purpose_word(uint32_t key) {
    return key < 2u ? EFUSE_REPEAT1 : EFUSE_REPEAT2;
}

static uint32_t purpose_shift(uint32_t key) {
    return key < 2u ? 24u + 4u * key : 4u * (key - 2u);
}

uint32_t efuse_purpose(uint32_t block) {
    const uint32_t key = block - FIRST_KEY;
    return efuse_word(purpose_word(key)) >> purpose_shift(key) & 0xfu;
}

tm_error efuse_purpose_burn(uint32_t block, uint32_t purpose) {
    const uint32_t key = block - FIRST_KEY;
    TM_TRY(efuse_burn(purpose_word(key), purpose << purpose_shift(key)));
    if (efuse_purpose(block) != purpose) return TM_ERROR_ONE_TIME_MEMORY;
    return efuse_burn(EFUSE_WRITE_DISABLE, CLOSE_PURPOSE(key));
}
