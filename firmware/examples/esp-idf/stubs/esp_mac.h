// SPDX-License-Identifier: Apache-2.0
// Signatures of ESP-IDF, so that the example compiles without it.
#ifndef STUB_ESP_MAC_H
#define STUB_ESP_MAC_H
#include <stdint.h>
#include "esp_err.h"
esp_err_t esp_efuse_mac_get_default(uint8_t *mac);
#endif
