// SPDX-License-Identifier: Apache-2.0
// The promises of ports/port.h, on the port that tests stand on.
#include "port.h"

#include "model.h"
#include "nor.h"
#include "one_time_fields.h"
#include "tap.h"

static void test_flash(uint32_t erase, uint32_t program) {
    uint8_t bytes[256], back[256];
    nor_start(erase, program);
    const uint32_t size = port_flash().size;
    memset(bytes, 0x5a, sizeof bytes);
    ok_error(port_flash_program(erase, bytes, sizeof bytes), TM_OK, "programs whole units");
    ok(port_flash_read(erase, back, sizeof back) == TM_OK && memcmp(back, bytes, sizeof back) == 0, "and reads them back");
    bytes[100] = 0x5b;
    ok_error(port_flash_program(erase, bytes, sizeof bytes), TM_ERROR_FLASH_WRITE, "refuses a bit from 0 to 1");
    ok(port_flash_read(erase, back, sizeof back) == TM_OK && back[100] == 0x5a && back[0] == 0x5a, "and writes nothing then");
    bytes[100] = 0x4a;
    ok_error(port_flash_program(erase, bytes, sizeof bytes), TM_OK, "takes a bit from 1 to 0");
    ok_error(port_flash_program(erase + 1, bytes, program), TM_ERROR_FLASH_WRITE, "refuses a start inside a unit");
    ok_error(port_flash_program(erase, bytes, program - 1), TM_ERROR_FLASH_WRITE, "refuses part of a unit");
    ok_error(port_flash_program(size, bytes, program), TM_ERROR_FLASH_WRITE, "refuses a program beyond the end");
    ok_error(port_flash_program(UINT32_MAX - program + 1, bytes, program), TM_ERROR_FLASH_WRITE, "D22 and one that wraps");
    ok_error(port_flash_read(size - 1, back, 2), TM_ERROR_INTERNAL, "refuses a read beyond the end");
    ok_error(port_flash_erase(erase + program), TM_ERROR_FLASH_WRITE, "refuses an erase inside a block");
    ok_error(port_flash_erase(size), TM_ERROR_FLASH_WRITE, "refuses an erase beyond the end");
    ok_error(port_flash_erase(erase), TM_OK, "erases a block");
    bool blank = true;
    for (uint32_t i = 0; i < erase; i++) blank = blank && nor_bytes()[erase + i] == 0xff;
    ok(blank, "to 0xff");
}

static void test_map(void) {
    const tm_flash_map *map = port_flash_map();
    const tm_region regions[] = {map->bootloader, map->boot_record0, map->boot_record1, map->identity0, map->identity1,
                                 map->moving0, map->moving1, map->staging, map->slot_a_head, map->slot_a_image,
                                 map->slot_b_head, map->slot_b_image, map->progress};
    const uint32_t block = port_flash().erase;
    bool aligned = true, apart = true;
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        aligned = aligned && regions[i].off % block == 0 && regions[i].size % block == 0 && regions[i].size > 0;
        aligned = aligned && regions[i].off + regions[i].size <= port_flash().size;
        for (size_t j = 0; j < i; j++) {
            apart = apart && (regions[j].off + regions[j].size <= regions[i].off ||
                              regions[i].off + regions[i].size <= regions[j].off);
        }
    }
    ok(aligned, "every region is made of erase blocks inside the flash");
    ok(apart, "D29 no two regions overlap");
}

static void test_fields(void) {
    const uint8_t hash[PORT_FIELD_SIZE] = {1, 2, 3}, other[PORT_FIELD_SIZE] = {1, 2, 7};
    uint8_t value[PORT_FIELD_SIZE];
    model_start(1);
    ok_error(port_field_read(PORT_FIELD_CONSTANT_HASH, value), TM_ERROR_ONE_TIME_MEMORY, "a blank field is none");
    ok_error(port_field_burn(PORT_FIELD_CONSTANT_HASH, hash), TM_OK, "is burned once");
    ok(port_field_read(PORT_FIELD_CONSTANT_HASH, value) == TM_OK && memcmp(value, hash, sizeof hash) == 0, "and read");
    ok_error(port_field_burn(PORT_FIELD_CONSTANT_HASH, hash), TM_OK, "the same value can be burned again");
    ok_error(port_field_burn(PORT_FIELD_CONSTANT_HASH, other), TM_ERROR_ONE_TIME_MEMORY, "A3 another value cannot");
    ok_error(port_field_burn(PORT_FIELD_COUNT, other), TM_ERROR_ONE_TIME_MEMORY, "there is no further field");
    ok_error(port_field_burn(PORT_FIELD_CHIP_KEY, hash), TM_OK, "a chip key is burned");
    ok_error(port_field_read(PORT_FIELD_CHIP_KEY, value), TM_ERROR_ONE_TIME_MEMORY, "A2 and never read");
}

// Bits of the field's place that a torn burn reached, from a pattern.
static void test_torn_field(void) {
    uint8_t first[PORT_FIELD_SIZE], second[PORT_FIELD_SIZE], value[PORT_FIELD_SIZE];
    bool never_mixed = true;
    memset(first, 0x0f, sizeof first);
    memset(second, 0xf0, sizeof second);
    for (uint32_t bytes = 0; bytes < 2 * PORT_FIELD_SIZE; bytes++) {
        model_start(1);
        uint8_t *place = model_one_time() + PORT_FIELD_CHIP_KEY * ONE_TIME_FIELD_BYTES;
        for (uint32_t i = 0; i < bytes; i++) place[i] = i < PORT_FIELD_SIZE ? first[i] : (uint8_t)~first[i - PORT_FIELD_SIZE];
        never_mixed = never_mixed && one_time_field(PORT_FIELD_CHIP_KEY, value) != TM_OK;
        never_mixed = never_mixed && port_field_burn(PORT_FIELD_CHIP_KEY, second) == TM_OK;
        never_mixed = never_mixed && one_time_field(PORT_FIELD_CHIP_KEY, value) == TM_OK &&
                      memcmp(value, second, sizeof second) == 0;
    }
    ok(never_mixed, "D10 a burn torn at any byte is no value, and another place takes the next one");
}

static void test_counters(void) {
    model_start(1);
    ok(port_counter_read(PORT_COUNTER_EPOCH) == 0, "a counter starts at 0");
    ok(port_counter_raise(PORT_COUNTER_EPOCH, 3) == TM_OK && port_counter_read(PORT_COUNTER_EPOCH) == 3, "rises");
    ok(port_counter_raise(PORT_COUNTER_EPOCH, 2) == TM_OK && port_counter_read(PORT_COUNTER_EPOCH) == 3, "D1 never falls");
    ok(port_counter_read(PORT_COUNTER_ROLLBACK) == 0 && port_counter_read(PORT_COUNTER_LOCK) == 0, "and no other with it");
    ok(port_counter_raise(PORT_COUNTER_EPOCH, UINT32_MAX) == TM_OK, "D32 a value beyond the row");
    ok(port_counter_read(PORT_COUNTER_EPOCH) == TM_LIMIT_ROLLBACK_MIRROR, "D32 fills it");
    ok_error(port_counter_raise(PORT_COUNTER_COUNT, 1), TM_ERROR_ONE_TIME_MEMORY, "there is no further counter");
    model_one_time()[ONE_TIME_COUNTERS + ONE_TIME_MARK_BYTES * TM_LIMIT_ROLLBACK_MIRROR * PORT_COUNTER_LOCK] = 0x7b;
    ok(port_counter_read(PORT_COUNTER_LOCK) == 0, "a torn mark does not count");
    ok(port_counter_raise(PORT_COUNTER_LOCK, 1) == TM_OK && port_counter_read(PORT_COUNTER_LOCK) == 1, "and can be completed");
}

static void test_chip(void) {
    const uint8_t key[PORT_FIELD_SIZE] = {0x0b};
    uint8_t id[PORT_CHIP_ID_SIZE], again[PORT_CHIP_ID_SIZE], mac[32], split[32];
    const tm_bytes whole = text("two parts"), parts[] = {text("two "), text("parts")};
    model_start(1);
    port_chip_id(id);
    ok_error(port_chip_hmac(&whole, 1, mac), TM_ERROR_CHIP_KEY_ABSENT, "without a key the chip makes no MAC");
    (void)port_field_burn(PORT_FIELD_CHIP_KEY, key);
    ok(port_chip_hmac(&whole, 1, mac) == TM_OK && port_chip_hmac(parts, 2, split) == TM_OK && memcmp(mac, split, 32) == 0,
       "a MAC is over the parts in a row");
    port_start();
    port_chip_id(again);
    ok(memcmp(id, again, sizeof id) == 0, "the chip id outlives a start");
    model_start(2);
    port_chip_id(again);
    ok(memcmp(id, again, sizeof id) != 0, "and is another on another chip");
}

int main(void) {
    test_flash(4096, 4);
    test_flash(262144, 32);
    test_map();
    test_fields();
    test_torn_field();
    test_counters();
    test_chip();
    return done();
}
