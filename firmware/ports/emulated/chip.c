// SPDX-License-Identifier: Apache-2.0
// The promises of chip.c by software, for the emulated ports, whose one-time memory this code can read.
#include <string.h>

#include "hmac.h"
#include "one_time_fields.h"

void port_chip_id(uint8_t id[PORT_CHIP_ID_SIZE]) {
    uint8_t field[PORT_FIELD_SIZE] = {0};
    (void)one_time_field(ONE_TIME_CHIP_ID, field);
    memcpy(id, field, PORT_CHIP_ID_SIZE);
}

tm_error port_chip_hmac(const tm_bytes *parts, size_t count, uint8_t mac[32]) {
    uint8_t key[PORT_FIELD_SIZE];
    if (one_time_field(PORT_FIELD_CHIP_KEY, key) != TM_OK) return TM_ERROR_CHIP_KEY_ABSENT;
    tm_hmac_state state;
    tm_hmac_init(&state, key, sizeof key);
    tm_wipe(key, sizeof key);
    for (size_t i = 0; i < count; i++) tm_hmac_update(&state, parts[i].ptr, parts[i].len);
    tm_hmac_final(&state, mac);
    return TM_OK;
}
