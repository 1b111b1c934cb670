// SPDX-License-Identifier: Apache-2.0
// The chip key never leaves the fuses: the HMAC accelerator reads it where software cannot (TRM 21.2).
#include "chip.h"

#include <string.h>

#include "efuse.h"
#include "port.h"
#include "registers.h"
#include "sha256.h"

#define FIRST_KEY 4u
#define LENGTH_BYTES 8u

void port_chip_id(uint8_t id[PORT_CHIP_ID_SIZE]) {
    tm_store32_be(id, esp_read(EFUSE_MAC(1)) & 0xffffu);  // MAC address, 48 bits
    tm_store32_be(id + 4, esp_read(EFUSE_MAC(0)));
}

static void wait(void) {
    while (esp_read(HMAC_BUSY) != 0) {
    }
}

typedef struct {
    const tm_bytes *parts;
    size_t count;
    size_t at;  // in parts[0]
} message;

static size_t take(message *from, uint8_t *to, size_t limit) {
    size_t taken = 0;
    while (taken < limit && from->count > 0) {
        if (from->at == from->parts->len) {
            from->parts++;
            from->count--;
            from->at = 0;
            continue;
        }
        to[taken++] = from->parts->ptr[from->at++];
    }
    return taken;
}

static void send(const uint8_t block[TM_SHA256_BLOCK]) {
    for (uint32_t i = 0; i < 16; i++) esp_write(HMAC_MESSAGE(i), tm_load32_le(block + 4u * i));
    esp_write(HMAC_MESSAGE_ONE, 1);
    wait();
}

static bool configure(uint32_t block) {
    esp_write(HMAC_START, 1);
    esp_write(HMAC_PURPOSE, EFUSE_KEY_PURPOSE_HMAC_UPSTREAM);
    esp_write(HMAC_KEY, block - FIRST_KEY);
    esp_write(HMAC_CONFIGURED, 1);
    wait();
    return esp_read(HMAC_ERROR) == 0;
}

// Padded as SHA-256 pads what stands behind the key's own block.
tm_error chip_hmac(uint32_t block, const tm_bytes *parts, size_t count, uint8_t mac[32]) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) total += parts[i].len;
    const size_t blocks = (total + 1u + LENGTH_BYTES + TM_SHA256_BLOCK - 1u) / TM_SHA256_BLOCK;
    message from = {parts, count, 0};
    bool marked = false;
    if (!configure(block)) return TM_ERROR_CHIP_KEY_ABSENT;
    for (size_t i = 0; i < blocks; i++) {
        uint8_t bytes[TM_SHA256_BLOCK] = {0};
        const size_t filled = take(&from, bytes, sizeof bytes);
        if (filled < sizeof bytes && !marked) {
            bytes[filled] = 0x80;
            marked = true;
        }
        const bool last = i == blocks - 1u;
        if (last) tm_store64_be(bytes + sizeof bytes - LENGTH_BYTES, ((uint64_t)total + TM_SHA256_BLOCK) * 8u);
        if (i > 0) esp_write(last ? HMAC_MESSAGE_PADDED : HMAC_MESSAGE_NEXT, 1);
        send(bytes);
        if (blocks == 1u) {
            esp_write(HMAC_ONE_BLOCK, 1);  // after MESSAGE_ONE, or the result is silently another
            wait();
        }
        tm_wipe(bytes, sizeof bytes);
    }
    for (uint32_t i = 0; i < 8; i++) {
        const uint32_t word = esp_read(HMAC_RESULT(i));
        for (uint32_t j = 0; j < 4; j++) mac[4u * i + j] = (uint8_t)(word >> 8u * j);
    }
    esp_write(HMAC_RESULT_TAKEN, 1);
    return TM_OK;
}

tm_error port_chip_hmac(const tm_bytes *parts, size_t count, uint8_t mac[32]) {
    const uint32_t block = chip_key_block();
    return block == CHIP_KEY_NONE ? TM_ERROR_CHIP_KEY_ABSENT : chip_hmac(block, parts, count, mac);
}
