// SPDX-License-Identifier: Apache-2.0
// What the files of this port need of each other.
#ifndef TM_ESP32C3_H
#define TM_ESP32C3_H

#include "bytes.h"
#include "error.h"

void esp_console_start(void);
bool esp_console_waiting(void);
void esp_clock_start(void);
void esp_flash_start(void);
void esp_sense_start(void);
uint64_t esp_ticks(void);  // of 1/16 microsecond
void esp_wait_ticks(uint32_t ticks);

#endif
