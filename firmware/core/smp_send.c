// SPDX-License-Identifier: Apache-2.0
#include "base64.h"
#include "crc.h"
#include "smp_frame.h"

#define LINE_GROUPS ((TM_SMP_LINE_BYTES - 3u) / 4u)  // marker and end of line take 3

// The frame's byte at i: length, packet, checksum.
static uint8_t frame_byte(tm_bytes packet, const uint8_t length[2], const uint8_t crc[2], size_t i) {
    if (i < TM_SMP_FRAME_LENGTH) return length[i];
    i -= TM_SMP_FRAME_LENGTH;
    return i < packet.len ? packet.ptr[i] : crc[i - packet.len];
}

void tm_smp_frame_write(tm_bytes packet, void (*write)(const void *bytes, size_t len)) {
    uint8_t length[2], crc[2];
    tm_store16_be(length, (uint16_t)(packet.len + TM_SMP_FRAME_CRC));
    tm_store16_be(crc, tm_crc16(0, packet.ptr, packet.len));
    const size_t total = TM_SMP_FRAME_LENGTH + packet.len + TM_SMP_FRAME_CRC;
    for (size_t done = 0; done < total;) {
        char line[TM_SMP_LINE_BYTES];
        size_t used = 0;
        line[used++] = done == 0 ? 0x06 : 0x04;
        line[used++] = done == 0 ? 0x09 : 0x14;
        for (size_t group = 0; group < LINE_GROUPS && done < total; group++) {
            uint8_t bytes[3];
            size_t count = 0;
            while (count < 3 && done < total) bytes[count++] = frame_byte(packet, length, crc, done++);
            tm_base64_encode(bytes, count, line + used);
            used += 4;
        }
        line[used++] = '\n';
        write(line, used);
    }
}
