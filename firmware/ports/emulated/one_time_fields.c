// SPDX-License-Identifier: Apache-2.0
#include "one_time_fields.h"

#include <string.h>

static uint32_t place_off(uint32_t field, uint32_t place) {
    return field * ONE_TIME_FIELD_BYTES + place * ONE_TIME_PLACE_BYTES;
}

// bytes: a whole place. True where value and complement agree.
static bool whole(const uint8_t bytes[ONE_TIME_PLACE_BYTES]) {
    uint8_t differs = 0;
    for (size_t i = 0; i < PORT_FIELD_SIZE; i++) {
        differs |= (uint8_t)(bytes[i] ^ bytes[PORT_FIELD_SIZE + i] ^ 0xffu);
    }
    return differs == 0;
}

tm_error one_time_field(uint32_t field, uint8_t value[PORT_FIELD_SIZE]) {
    tm_error found = TM_ERROR_ONE_TIME_MEMORY;
    uint8_t bytes[ONE_TIME_PLACE_BYTES];
    for (uint32_t place = 0; place < ONE_TIME_PLACES && found != TM_OK; place++) {
        one_time_read(place_off(field, place), bytes, sizeof bytes);
        if (!whole(bytes)) continue;
        memcpy(value, bytes, PORT_FIELD_SIZE);
        found = TM_OK;
    }
    tm_wipe(bytes, sizeof bytes);
    return found;
}

tm_error port_field_read(port_field field, uint8_t value[PORT_FIELD_SIZE]) {
    if (field != PORT_FIELD_CONSTANT_HASH) return TM_ERROR_ONE_TIME_MEMORY;
    return one_time_field(field, value);
}

static tm_error burn(uint32_t field, const uint8_t value[PORT_FIELD_SIZE]) {
    uint8_t bytes[ONE_TIME_PLACE_BYTES];
    tm_error result = TM_ERROR_ONE_TIME_MEMORY;
    if (one_time_field(field, bytes) == TM_OK) {
        if (tm_equal(bytes, value, PORT_FIELD_SIZE)) result = TM_OK;
    } else {
        for (size_t i = 0; i < PORT_FIELD_SIZE; i++) {
            bytes[i] = value[i];
            bytes[PORT_FIELD_SIZE + i] = (uint8_t)~value[i];
        }
        for (uint32_t place = 0; place < ONE_TIME_PLACES && result != TM_OK; place++) {
            if (one_time_program(place_off(field, place), bytes, sizeof bytes) == TM_OK) result = TM_OK;
        }
    }
    tm_wipe(bytes, sizeof bytes);
    return result;
}

tm_error port_field_burn(port_field field, const uint8_t value[PORT_FIELD_SIZE]) {
    if (field >= PORT_FIELD_COUNT) return TM_ERROR_ONE_TIME_MEMORY;
    return burn(field, value);
}

static uint32_t mark_off(port_counter counter, uint32_t mark) {
    return ONE_TIME_COUNTERS + counter * ONE_TIME_COUNTER_BYTES + mark * ONE_TIME_MARK_BYTES;
}

uint32_t port_counter_limit(port_counter counter) {
    (void)counter;
    return TM_LIMIT_ROLLBACK_MIRROR;
}

uint32_t port_counter_read(port_counter counter) {
    uint32_t count = 0;
    for (uint32_t mark = 0; counter < PORT_COUNTER_COUNT && mark < TM_LIMIT_ROLLBACK_MIRROR; mark++) {
        uint8_t bytes[ONE_TIME_MARK_BYTES];
        one_time_read(mark_off(counter, mark), bytes, sizeof bytes);
        if (tm_load32_be(bytes) == ONE_TIME_MARK) count = mark + 1u;
    }
    return count;
}

tm_error port_counter_raise(port_counter counter, uint32_t to) {
    if (counter >= PORT_COUNTER_COUNT) return TM_ERROR_ONE_TIME_MEMORY;
    const uint32_t goal = to < TM_LIMIT_ROLLBACK_MIRROR ? to : TM_LIMIT_ROLLBACK_MIRROR;
    uint8_t bytes[ONE_TIME_MARK_BYTES];
    tm_store32_be(bytes, ONE_TIME_MARK);
    for (uint32_t mark = 0; mark < goal; mark++) {
        if (one_time_program(mark_off(counter, mark), bytes, sizeof bytes) != TM_OK) return TM_ERROR_ONE_TIME_MEMORY;
    }
    return TM_OK;
}

tm_error one_time_start(void) {
    uint8_t id[PORT_FIELD_SIZE];
    if (one_time_field(ONE_TIME_CHIP_ID, id) == TM_OK) return TM_OK;
    TM_TRY(port_entropy(NULL, id, sizeof id));
    return burn(ONE_TIME_CHIP_ID, id);
}
