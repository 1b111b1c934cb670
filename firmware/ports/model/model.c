// SPDX-License-Identifier: Apache-2.0
#include "model.h"

#include <stdlib.h>
#include <string.h>

#include "one_time_fields.h"

const char port_name[] = "model";

model_state model;

static uint8_t one_time[MODEL_ONE_TIME_BYTES];
static uint8_t image_ram[TM_LIMIT_IMAGE_BYTES];
static uint64_t random_state;

_Static_assert(ONE_TIME_BYTES <= MODEL_ONE_TIME_BYTES, "fits");

void model_start(uint64_t seed) {
    model = (model_state){.present = true};
    random_state = seed;
    memset(one_time, 0xff, sizeof one_time);
    port_start();
}

uint8_t *model_one_time(void) {
    return one_time;
}

void port_start(void) {
    (void)one_time_start();
}

void one_time_read(uint32_t off, void *to, size_t len) {
    memcpy(to, one_time + off, len);
}

tm_error one_time_program(uint32_t off, const void *from, size_t len) {
    const uint8_t *const bytes = from;
    for (size_t i = 0; i < len; i++) {
        if ((bytes[i] & ~one_time[off + i]) != 0) return TM_ERROR_ONE_TIME_MEMORY;
    }
    memcpy(one_time + off, bytes, len);
    return TM_OK;
}

tm_error port_entropy(void *ctx, uint8_t *to, size_t len) {
    (void)ctx;
    for (size_t i = 0; i < len; i++) {
        random_state = random_state * 6364136223846793005u + 1442695040888963407u;
        to[i] = model.entropy_stuck ? 0 : (uint8_t)(random_state >> 56);
    }
    return TM_OK;
}

size_t port_console_read(uint8_t *to, size_t limit) {
    const size_t count = model.input_len < limit ? model.input_len : limit;
    if (count > 0) memcpy(to, model.input, count);
    model.input += count;
    model.input_len -= count;
    return count;
}

void port_console_write(const void *from, size_t len) {
    if (len > sizeof model.sent - model.sent_len) abort();
    memcpy(model.sent + model.sent_len, from, len);
    model.sent_len += len;
}

void port_console_flush(void) {}

uint64_t port_clock_ms(void) {
    return model.clock_ms;
}

uint64_t port_instructions(void) {
    return 0;
}

void port_idle(uint32_t milliseconds) {
    model.clock_ms += milliseconds;
    if (model.on_idle != NULL) model.on_idle();
}

void port_watchdog_start(uint32_t milliseconds) {
    (void)milliseconds;
    port_watchdog_feed();
}

void port_watchdog_feed(void) {
    if (model.on_feed != NULL) model.on_feed();
}

_Noreturn void port_reset(void) {
    if (model.on_reset != NULL) model.on_reset();
    abort();
}

uint8_t *port_image_ram(void) {
    return image_ram;
}

_Noreturn void port_launch(const tm_boot_info *info) {
    if (model.on_launch != NULL) model.on_launch(info);
    abort();
}

bool port_present(void) {
    return model.present;
}

bool port_safe_to_reboot(void) {
    return !model.moving;
}
