// SPDX-License-Identifier: Apache-2.0
// Signatures of ESP-IDF, so that the example compiles without it.
#ifndef STUB_ESP_RANDOM_H
#define STUB_ESP_RANDOM_H
#include <stddef.h>
void esp_fill_random(void *buf, size_t len);
#endif
