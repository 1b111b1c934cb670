// SPDX-License-Identifier: Apache-2.0
// The start of a port on ESP-IDF: flash, noise, MACs, time by IDF's drivers. What is left to the product: one_time.c
// (its plan of fuses), console.c (its line), sense.c (its vehicle).
#include <esp_hmac.h>
#include <esp_mac.h>
#include <esp_partition.h>
#include <esp_random.h>
#include <esp_system.h>
#include <esp_timer.h>
#include <string.h>

#include "port.h"

#define MAC_KEY HMAC_KEY0
#define MESSAGE_LIMIT 1024u  // bytes of all parts together that one MAC of the core has at most

static const tm_flash_map map = TM_FLASH_MAP(ESP32C3);

const char port_name[] = "esp-idf";

// A data partition named touchmark holds all regions; its offset 0 is the map's.
static const esp_partition_t *flash(void) {
    static const esp_partition_t *found;
    if (found == NULL) found = esp_partition_find_first(ESP_PARTITION_TYPE_DATA, ESP_PARTITION_SUBTYPE_ANY, "touchmark");
    return found;
}

port_flash_geometry port_flash(void) {
    const esp_partition_t *const partition = flash();
    return (port_flash_geometry){partition == NULL ? 0 : partition->size, TM_FLASH_ESP32C3_ERASE_BYTES,
                                 TM_FLASH_ESP32C3_PROGRAM_BYTES};
}

const tm_flash_map *port_flash_map(void) {
    return &map;
}

tm_error port_flash_read(uint32_t off, void *to, size_t len) {
    return esp_partition_read(flash(), off, to, len) == ESP_OK ? TM_OK : TM_ERROR_INTERNAL;
}

// Whether the flash holds bytes; with only_falling, whether it could be made to without raising a bit.
static bool agrees(uint32_t off, const uint8_t *bytes, size_t len, bool only_falling) {
    uint8_t there[64];
    for (size_t done = 0; done < len; done += sizeof there) {
        const size_t part = len - done < sizeof there ? len - done : sizeof there;
        if (port_flash_read(off + (uint32_t)done, there, part) != TM_OK) return false;
        for (size_t i = 0; i < part; i++) {
            if ((bytes[done + i] & ~there[i]) != 0 || (!only_falling && bytes[done + i] != there[i])) return false;
        }
    }
    return true;
}

tm_error port_flash_program(uint32_t off, const void *from, size_t len) {
    if (off % TM_FLASH_ESP32C3_PROGRAM_BYTES != 0 || len % TM_FLASH_ESP32C3_PROGRAM_BYTES != 0) return TM_ERROR_FLASH_WRITE;
    if (!agrees(off, from, len, true)) return TM_ERROR_FLASH_WRITE;
    if (esp_partition_write(flash(), off, from, len) != ESP_OK) return TM_ERROR_FLASH_WRITE;
    return agrees(off, from, len, false) ? TM_OK : TM_ERROR_FLASH_WRITE;
}

tm_error port_flash_erase(uint32_t off) {
    const uint32_t block = TM_FLASH_ESP32C3_ERASE_BYTES;
    uint8_t blank[64];
    memset(blank, 0xff, sizeof blank);
    if (off % block != 0 || esp_partition_erase_range(flash(), off, block) != ESP_OK) return TM_ERROR_FLASH_WRITE;
    for (uint32_t done = 0; done < block; done += sizeof blank) {
        if (!agrees(off + done, blank, sizeof blank, false)) return TM_ERROR_FLASH_WRITE;
    }
    return TM_OK;
}

void port_chip_id(uint8_t id[PORT_CHIP_ID_SIZE]) {
    memset(id, 0, PORT_CHIP_ID_SIZE);
    (void)esp_efuse_mac_get_default(id + 2);
}

tm_error port_chip_hmac(const tm_bytes *parts, size_t count, uint8_t mac[32]) {
    static uint8_t message[MESSAGE_LIMIT];
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len > sizeof message - len) return TM_ERROR_INTERNAL;
        if (parts[i].len > 0) memcpy(message + len, parts[i].ptr, parts[i].len);
        len += parts[i].len;
    }
    const esp_err_t error = esp_hmac_calculate(MAC_KEY, message, len, mac);
    tm_wipe(message, sizeof message);
    return error == ESP_OK ? TM_OK : TM_ERROR_CHIP_KEY_ABSENT;
}

// True noise only while the radio runs or bootloader_random_enable was called (IDF's "Random Number Generation").
tm_error port_entropy(void *ctx, uint8_t *to, size_t len) {
    (void)ctx;
    esp_fill_random(to, len);
    return TM_OK;
}

uint64_t port_clock_ms(void) {
    return (uint64_t)esp_timer_get_time() / 1000u;
}

_Noreturn void port_reset(void) {
    esp_restart();
}
