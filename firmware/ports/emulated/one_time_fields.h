// SPDX-License-Identifier: Apache-2.0
// One-time memory as the emulated ports keep it: NOR that is never erased. A field has four places, each 32 bytes and
// their complement; the first whole place counts, so that a torn burn costs a place and not the chip. A counter is a
// row of marks of one fixed pattern, which can be burned over a torn one.
#ifndef TM_ONE_TIME_FIELDS_H
#define TM_ONE_TIME_FIELDS_H

#include "port.h"

#define ONE_TIME_PLACES 4u
#define ONE_TIME_PLACE_BYTES (2u * PORT_FIELD_SIZE)
#define ONE_TIME_FIELD_BYTES (ONE_TIME_PLACES * ONE_TIME_PLACE_BYTES)
#define ONE_TIME_CHIP_ID PORT_FIELD_COUNT  // burned at the first start, in place of a wafer's number
#define ONE_TIME_COUNTERS 0x800u
#define ONE_TIME_MARK 0x5aa5c33cu
#define ONE_TIME_MARK_BYTES 4u
#define ONE_TIME_COUNTER_BYTES (TM_LIMIT_ROLLBACK_MIRROR * ONE_TIME_MARK_BYTES)
#define ONE_TIME_BYTES (ONE_TIME_COUNTERS + PORT_COUNTER_COUNT * ONE_TIME_COUNTER_BYTES)

_Static_assert((PORT_FIELD_COUNT + 1u) * ONE_TIME_FIELD_BYTES <= ONE_TIME_COUNTERS, "fields end before the counters");

// The port's own: offsets count bytes from the start of the one-time memory; program refuses 0 to 1 and reads back.
void one_time_read(uint32_t off, void *to, size_t len);
tm_error one_time_program(uint32_t off, const void *from, size_t len);

// For chip.c alone: the chip key leaves this memory nowhere else.
tm_error one_time_field(uint32_t field, uint8_t value[PORT_FIELD_SIZE]);

// Burns the chip id where there is none yet. False without entropy.
tm_error one_time_start(void);

#endif
