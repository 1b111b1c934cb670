// SPDX-License-Identifier: Apache-2.0
#include "cell.h"

#include <setjmp.h>

#include "model.h"
#include "nor.h"
#include "tap.h"

#define SIZE 96u

static jmp_buf power;

static void lose_power(void) {
    longjmp(power, 1);
}

static tm_cell_store store_of(const char *domain) {
    const tm_flash_map *map = port_flash_map();
    return (tm_cell_store){{map->identity0, map->identity1}, "TEST", domain, SIZE};
}

static void start(uint32_t erase, uint32_t program) {
    static const uint8_t key[PORT_FIELD_SIZE] = {1, 2, 3};
    nor_start(erase, program);
    model_start(7);
    (void)port_field_burn(PORT_FIELD_CHIP_KEY, key);
}

// Contents: all bytes the same.
static tm_error put(const tm_cell_store *store, uint8_t value) {
    uint8_t cell[SIZE];
    tm_cell_newest newest;
    (void)tm_cell_read(store, cell, &newest);
    memset(cell, value, sizeof cell);
    return tm_cell_write(store, cell, &newest);
}

// The value of the newest cell; -1 without one, -2 for a mixture.
static int get(const tm_cell_store *store) {
    uint8_t cell[SIZE];
    tm_cell_newest newest;
    if (!tm_cell_read(store, cell, &newest)) return -1;
    const uint32_t end = SIZE - (store->domain == NULL ? TM_CELL_CRC : TM_CELL_MAC);
    for (uint32_t i = TM_CELL_HEADER; i < end; i++) {
        if (cell[i] != cell[TM_CELL_HEADER]) return -2;
    }
    return cell[TM_CELL_HEADER];
}

static void test_order(const char *domain, const char *name) {
    const tm_cell_store store = store_of(domain);
    start(4096, 4);
    ok(get(&store) == -1, "%s: blank flash holds no record", name);
    bool newest = true;
    for (uint8_t i = 0; i < 9; i++) newest = newest && put(&store, i) == TM_OK && get(&store) == i;
    ok(newest, "%s: what was written last is read", name);
    nor_bytes()[store.place[0].off + SIZE / 2] ^= 0x10;  // the ninth write went to the second place
    ok(get(&store) == 8, "%s: damage in the older cell changes nothing", name);
    nor_bytes()[store.place[1].off + SIZE / 2] ^= 0x10;
    ok(get(&store) == -1, "%s: two damaged cells are no record", name);
}

// Every bit of both cells, one at a time: the first write went to the second place, the second to the first.
static void test_bits(const char *domain, const char *name) {
    const tm_cell_store store = store_of(domain);
    start(4096, 4);
    (void)put(&store, 1);
    (void)put(&store, 2);
    bool as_expected = true;
    for (uint32_t place = 0; place < 2; place++) {
        for (uint32_t bit = 0; bit < SIZE * 8; bit++) {
            uint8_t *at = nor_bytes() + store.place[place].off + bit / 8;
            *at ^= (uint8_t)(1u << bit % 8);
            as_expected = as_expected && get(&store) == (place == 0 ? 1 : 2);
            *at ^= (uint8_t)(1u << bit % 8);
        }
    }
    ok(as_expected && get(&store) == 2, "%s: D30 any flipped bit of a cell leaves the other cell's record", name);
}

// One write of 2 over 1, cut at an operation. True if it was cut.
static bool cut_write(const tm_cell_store *store, nor_cut cut) {
    start(4096, 4);
    (void)put(store, 1);
    nor_arm(cut, lose_power);
    const bool was_cut = setjmp(power) != 0;
    if (!was_cut) (void)put(store, 2);
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
    return was_cut;
}

static void test_cuts(const char *domain, const char *name) {
    const tm_cell_store store = store_of(domain);
    bool old_or_new = true, goes_on = true;
    uint32_t cuts = 0;
    for (uint32_t kind = 0; kind < NOR_CUT_KINDS; kind++) {
        nor_cut cut = {.operation = 0, .kind = (nor_cut_kind)kind};
        for (; cut_write(&store, cut); cut.operation++) {
            for (cut.seed = 0; cut.seed < 8; cut.seed++) {
                cuts += cut_write(&store, cut);
                const int found = get(&store);
                old_or_new = old_or_new && (found == 1 || found == 2);
                goes_on = goes_on && put(&store, 3) == TM_OK && get(&store) == 3;
            }
        }
    }
    ok(old_or_new && cuts > 0, "%s: D10 after each of %u cuts the old record or the new one is read", name, cuts);
    ok(goes_on, "%s: and the next write succeeds", name);
}

// A factory leaves something of its own in the first place; it stands until a record does.
static void test_factory(void) {
    const tm_cell_store store = store_of(NULL);
    start(4096, 4);
    uint8_t *first = nor_bytes() + store.place[0].off;
    memset(first, 0x11, SIZE);
    (void)put(&store, 1);
    ok(first[0] == 0x11 && get(&store) == 1, "the first record goes to the second place");
}

static void test_sequence_end(void) {
    const tm_cell_store store = store_of(NULL);
    uint8_t cell[SIZE] = {0};
    tm_cell_newest newest = {UINT32_MAX - 1u, 0};
    start(4096, 4);
    ok_error(tm_cell_write(&store, cell, &newest), TM_OK, "D32 the last sequence number is written");
    ok_error(tm_cell_write(&store, cell, &newest), TM_ERROR_FLASH_WRITE, "D32 and none after it");
    ok(tm_cell_read(&store, cell, &newest) && newest.sequence == UINT32_MAX, "D32 the record stands");
}

static void test_other_chip(void) {
    const tm_cell_store store = store_of("test/v1");
    const tm_cell_store other_domain = store_of("test/v2");
    start(4096, 4);
    (void)put(&store, 1);
    ok(get(&other_domain) == -1, "another domain's cell is none of ours");
    model_start(8);
    ok(get(&store) == -1, "without a chip key a MACed cell is absent");
    static const uint8_t key[PORT_FIELD_SIZE] = {9};
    (void)port_field_burn(PORT_FIELD_CHIP_KEY, key);
    ok(get(&store) == -1, "A5 on another chip a MACed cell is absent");
}

int main(void) {
    static const char *const domains[] = {NULL, "test/v1"};
    for (size_t i = 0; i < 2; i++) {
        const char *name = domains[i] == NULL ? "CRC" : "MAC";
        test_order(domains[i], name);
        test_bits(domains[i], name);
        test_cuts(domains[i], name);
    }
    test_factory();
    test_sequence_end();
    test_other_chip();
    return done();
}
