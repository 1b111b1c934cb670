// SPDX-License-Identifier: Apache-2.0
// Signatures of ESP-IDF, so that the example compiles without it.
#ifndef STUB_ESP_TIMER_H
#define STUB_ESP_TIMER_H
#include <stdint.h>
int64_t esp_timer_get_time(void);
#endif
