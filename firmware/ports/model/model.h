// SPDX-License-Identifier: Apache-2.0
// A port made of variables, for tests: what the app would see, and what a test sets and looks at.
#ifndef TM_MODEL_H
#define TM_MODEL_H

#include "port.h"

typedef struct {
    bool present;
    bool moving;
    bool entropy_stuck;
    uint64_t clock_ms;
    void (*on_reset)(void);                          // must not return
    void (*on_launch)(const tm_boot_info *info);     // must not return
    void (*on_idle)(void);                           // NULL: time passes
    void (*on_feed)(void);                           // of the watchdog, at its start too; NULL: nobody looks
    uint8_t sent[65536];                             // what port_console_write took
    size_t sent_len;
    const uint8_t *input;                            // what port_console_read gives
    size_t input_len;
} model_state;

extern model_state model;

// Blank one-time memory, a chip id from the seed, nobody's chip key.
void model_start(uint64_t seed);

// Another chip's one-time memory, or this one's at an earlier time.
#define MODEL_ONE_TIME_BYTES 4096u
uint8_t *model_one_time(void);

#endif
