// SPDX-License-Identifier: Apache-2.0
#include "base64.h"
#include "crc.h"
#include "smp_frame.h"

// Characters, marker and end of line included. Zephyr's clients keep to 128; Apache's mcumgr writes lines of its mtu,
// for which 512 is what its documents say.
#define LINE_LIMIT 512u

enum {
    IDLE,         // no packet; skipping noise
    FIRST,        // 06 came
    FURTHER,      // 04 came, inside a packet
    IN_LINE,      // base64 characters
    BETWEEN,      // a line ended, the packet is not complete
};

void tm_smp_receiver_init(tm_smp_receiver *receiver) {
    receiver->len = 0;
    receiver->grouped = 0;
    receiver->line = 0;
    receiver->state = IDLE;
}

bool tm_smp_receiver_partial(const tm_smp_receiver *receiver) {
    return receiver->state != IDLE;
}

static bool give_up(tm_smp_receiver *receiver) {
    tm_smp_receiver_init(receiver);
    return false;
}

static bool begin_line(tm_smp_receiver *receiver) {
    receiver->state = IN_LINE;
    receiver->line = 2;
    return false;
}

static bool take(tm_smp_receiver *receiver, uint8_t byte) {
    receiver->group[receiver->grouped++] = (char)byte;
    if (receiver->grouped < 4) return true;
    uint8_t bytes[3];
    const size_t count = tm_base64_decode(receiver->group, bytes);
    receiver->grouped = 0;
    if (count == 0 || receiver->len + count > sizeof receiver->bytes) return false;
    for (size_t i = 0; i < count; i++) receiver->bytes[receiver->len++] = bytes[i];
    return true;
}

static bool end_line(tm_smp_receiver *receiver, tm_bytes *packet) {
    if (receiver->grouped != 0 || receiver->len < TM_SMP_FRAME_LENGTH) return give_up(receiver);
    const size_t stated = tm_load16_be(receiver->bytes);
    const size_t have = receiver->len - TM_SMP_FRAME_LENGTH;
    if (stated < TM_SMP_FRAME_CRC || stated > sizeof receiver->bytes - TM_SMP_FRAME_LENGTH || have > stated) {
        return give_up(receiver);
    }
    if (have < stated) {
        receiver->state = BETWEEN;
        return false;
    }
    const uint8_t *const start = receiver->bytes + TM_SMP_FRAME_LENGTH;
    const size_t len = stated - TM_SMP_FRAME_CRC;
    (void)give_up(receiver);
    if (tm_crc16(0, start, len) != tm_load16_be(start + len)) return false;
    *packet = tm_bytes_of(start, len);
    return true;
}

bool tm_smp_receive(tm_smp_receiver *receiver, uint8_t byte, tm_bytes *packet) {
    if (byte == 0x06) {
        tm_smp_receiver_init(receiver);
        receiver->state = FIRST;
        return false;
    }
    switch (receiver->state) {
        case IDLE:
            return false;
        case FIRST:
            return byte == 0x09 ? begin_line(receiver) : give_up(receiver);
        case BETWEEN:
            if (byte == 0x04) receiver->state = FURTHER;
            return false;
        case FURTHER:
            return byte == 0x14 ? begin_line(receiver) : give_up(receiver);
        default:
            if (byte == '\n') return end_line(receiver, packet);
            if (byte == '\r') return false;
            if (++receiver->line >= LINE_LIMIT) return give_up(receiver);
            return take(receiver, byte) ? false : give_up(receiver);
    }
}
