// SPDX-License-Identifier: Apache-2.0
// Signatures of ESP-IDF, so that the example compiles without it.
#ifndef STUB_ESP_SYSTEM_H
#define STUB_ESP_SYSTEM_H
_Noreturn void esp_restart(void);
#endif
