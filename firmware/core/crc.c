// SPDX-License-Identifier: Apache-2.0
#include "crc.h"

uint16_t tm_crc16(uint16_t crc, const void *data, size_t len) {
    const uint8_t *byte = (const uint8_t *)data;
    uint32_t sum = crc;
    while (len-- > 0) {
        sum ^= (uint32_t)*byte++ << 8;
        for (int bit = 0; bit < 8; bit++) sum = (sum & 0x8000u) ? sum << 1 ^ 0x1021u : sum << 1;
    }
    return (uint16_t)sum;
}

uint32_t tm_crc32(uint32_t crc, const void *data, size_t len) {
    const uint8_t *byte = (const uint8_t *)data;
    uint32_t sum = ~crc;
    while (len-- > 0) {
        sum ^= *byte++;
        for (int bit = 0; bit < 8; bit++) sum = sum >> 1 ^ (0xEDB88320u & (0u - (sum & 1u)));
    }
    return ~sum;
}
