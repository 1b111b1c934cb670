// SPDX-License-Identifier: Apache-2.0
// Linked with --wrap, so that writes of core pass through here on their way to the port.
#include "media.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "one_time_fields.h"
#include "sites.h"

#undef port_flash_program
#undef port_flash_erase

#define PAGE 4096u
#define PAGES 4096u  // of 16 MiB
#define UNIT 4u      // bytes in a program unit, of flash and of one-time memory
#define DEPTH 4u     // of sites within sites
#define SEEN 64u     // different ones in one flow

typedef enum { PROGRAM, ERASE, BURN } media_kind;

typedef struct {
    media_kind kind;
    uint32_t off;
    uint8_t bytes[UNIT];
    const powercut_site *sites[DEPTH];
    bool first;  // of these sites
} media_operation;

tm_error __real_port_flash_program(uint32_t off, const void *from, size_t len);
tm_error __wrap_port_flash_program(uint32_t off, const void *from, size_t len);
tm_error __real_port_flash_erase(uint32_t off);
tm_error __wrap_port_flash_erase(uint32_t off);
tm_error __real_one_time_program(uint32_t off, const void *from, size_t len);
tm_error __wrap_one_time_program(uint32_t off, const void *from, size_t len);

static uint8_t *base;  // the flash before the operation that is next
static uint8_t base_one_time[MODEL_ONE_TIME_BYTES];
static bool changed[PAGES];
static media_operation *journal;
static uint32_t count, room;
static bool recording;
static const powercut_site *under_way[DEPTH];
static uint32_t depth;
static const powercut_site *seen[SEEN][DEPTH];  // of the journal
static uint32_t seen_count;
static jmp_buf power;

void powercut_enter(const powercut_site *site) {
    if (depth < DEPTH) under_way[depth] = site;
    depth++;
}

void powercut_leave(void) {
    depth--;
    if (depth < DEPTH) under_way[depth] = NULL;
}

static bool is_first(const powercut_site *const sites[DEPTH]) {
    for (uint32_t i = 0; i < seen_count; i++) {
        if (memcmp(seen[i], sites, sizeof seen[i]) == 0) return false;
    }
    if (seen_count == SEEN) abort();
    memcpy(seen[seen_count++], sites, sizeof seen[0]);
    return true;
}

static void note(media_kind kind, uint32_t off, const uint8_t *bytes) {
    if (!recording) return;
    if (count == room) journal = realloc(journal, (room = room * 2 + 1024) * sizeof *journal);
    if (journal == NULL) abort();
    media_operation *const operation = &journal[count++];
    *operation = (media_operation){.kind = kind, .off = off};
    if (bytes != NULL) memcpy(operation->bytes, bytes, UNIT);
    memcpy(operation->sites, under_way, sizeof under_way);
    operation->first = is_first(under_way);
}

static void touch(uint32_t off, size_t len) {
    for (size_t page = off / PAGE; page <= (off + len - 1) / PAGE && page < PAGES; page++) changed[page] = true;
}

tm_error __wrap_port_flash_program(uint32_t off, const void *from, size_t len) {
    if (len > 0) touch(off, len);
    const tm_error error = __real_port_flash_program(off, from, len);
    for (size_t i = 0; error == TM_OK && i < len; i += UNIT) note(PROGRAM, off + (uint32_t)i, (const uint8_t *)from + i);
    return error;
}

tm_error __wrap_port_flash_erase(uint32_t off) {
    touch(off, port_flash().erase);
    const tm_error error = __real_port_flash_erase(off);
    if (error == TM_OK) note(ERASE, off, NULL);
    return error;
}

tm_error __wrap_one_time_program(uint32_t off, const void *from, size_t len) {
    const tm_error error = __real_one_time_program(off, from, len);
    for (size_t i = 0; error == TM_OK && i < len; i += UNIT) note(BURN, off + (uint32_t)i, (const uint8_t *)from + i);
    return error;
}

void media_record(void) {
    if (nor_size() > PAGE * PAGES) abort();
    if (base == NULL) base = malloc(nor_size());
    if (base == NULL) abort();
    memcpy(base, nor_bytes(), nor_size());
    memcpy(base_one_time, model_one_time(), sizeof base_one_time);
    memset(changed, 0, sizeof changed);
    count = depth = seen_count = 0;
    recording = true;
}

void media_rewind(void) {
    recording = false;
    media_restore();
}

uint32_t media_count(void) {
    return count;
}

bool media_is_erase(uint32_t operation) {
    return journal[operation].kind == ERASE;
}

bool media_is_one_time(uint32_t operation) {
    return journal[operation].kind == BURN;
}

bool media_is_first(uint32_t operation) {
    return journal[operation].first;
}

static void perform(const media_operation *operation) {
    tm_error error = TM_OK;
    if (operation->kind == PROGRAM) error = __real_port_flash_program(operation->off, operation->bytes, UNIT);
    if (operation->kind == ERASE) error = __real_port_flash_erase(operation->off);
    if (operation->kind == BURN) error = __real_one_time_program(operation->off, operation->bytes, UNIT);
    if (error != TM_OK) abort();
}

static uint32_t length(const media_operation *operation) {
    return operation->kind == ERASE ? port_flash().erase : UNIT;
}

void media_advance(uint32_t operation) {
    const media_operation *const next = &journal[operation];
    perform(next);
    if (next->kind != BURN) memcpy(base + next->off, nor_bytes() + next->off, length(next));
    memcpy(base_one_time, model_one_time(), sizeof base_one_time);
}

static void lose_power(void) {
    longjmp(power, 1);
}

// As NOR tears a unit; what is burned stays burned.
static void tear_burn(const media_operation *operation, nor_cut_kind kind, uint64_t seed) {
    uint8_t *const at = model_one_time() + operation->off;
    for (uint32_t i = 0; i < UNIT; i++) {
        const uint8_t moved = nor_torn_bits(kind, i, UNIT, &seed);
        at[i] = (uint8_t)((at[i] & ~moved) | (at[i] & operation->bytes[i] & moved));
    }
}

// FNV-1a
static uint64_t fingerprint(const uint8_t *at, uint32_t len) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (uint32_t i = 0; i < len; i++) hash = (hash ^ at[i]) * 0x100000001b3u;
    return hash;
}

uint64_t media_fingerprint(uint32_t operation) {
    const media_operation *const at = &journal[operation];
    const uint8_t *const media = at->kind == BURN ? model_one_time() : nor_bytes();
    return fingerprint(media + at->off, length(at));
}

void media_cut(uint32_t operation, nor_cut_kind kind, uint64_t seed) {
    const media_operation *const next = &journal[operation];
    for (uint32_t i = 0; i < DEPTH; i++) {
        if (next->sites[i] != NULL) *next->sites[i]->cut = true;
    }
    if (next->kind == BURN) {
        tear_burn(next, kind, seed);
        return;
    }
    touch(next->off, length(next));
    nor_arm((nor_cut){.operation = 0, .kind = kind, .seed = seed}, lose_power);
    if (setjmp(power) == 0) perform(next);
    nor_arm((nor_cut){.operation = UINT32_MAX}, NULL);
}

void media_restore(void) {
    for (uint32_t page = 0; page * PAGE < nor_size(); page++) {
        if (changed[page]) memcpy(nor_bytes() + page * PAGE, base + page * PAGE, PAGE);
    }
    memset(changed, 0, sizeof changed);
    memcpy(model_one_time(), base_one_time, sizeof base_one_time);
    depth = 0;
    memset(under_way, 0, sizeof under_way);
}
