// SPDX-License-Identifier: Apache-2.0
// SMP's console framing: a packet as lines of text. A line is 06 09 (first) or 04 14 (further), base64, 0a; inside stand
// a 2-byte big-endian length (of all that follows), the packet, and CRC-16 over the packet.
// The receiver gives up a packet at the first byte that does not fit and finds the next one at its 06 09, wherever in
// the noise that stands: neither byte is in the base64 alphabet.
#ifndef TM_SMP_FRAME_H
#define TM_SMP_FRAME_H

#include <stdbool.h>

#include "bytes.h"
#include "error.h"

#define TM_SMP_FRAME_LENGTH 2u
#define TM_SMP_FRAME_CRC 2u
#define TM_SMP_FRAME_BYTES (TM_SMP_FRAME_LENGTH + TM_SMP_PACKET_BYTES + TM_SMP_FRAME_CRC)

typedef struct {
    uint8_t bytes[TM_SMP_FRAME_BYTES];
    size_t len;       // bytes decoded so far
    char group[4];    // base64 characters not yet decoded
    uint8_t grouped;  // how many
    uint8_t state;
    uint16_t line;    // characters in this line
} tm_smp_receiver;

void tm_smp_receiver_init(tm_smp_receiver *receiver);

// True when this byte completes a packet, which stays valid until the next call.
bool tm_smp_receive(tm_smp_receiver *receiver, uint8_t byte, tm_bytes *packet);

// True between the first byte of a packet and its last: whoever waits longer than TM_SMP_PARTIAL_PACKET_TIMEOUT_MS
// starts the receiver anew, or a stalled sender would hold the line.
bool tm_smp_receiver_partial(const tm_smp_receiver *receiver);

// Writes a packet of at most TM_SMP_PACKET_BYTES in lines of at most TM_SMP_LINE_BYTES.
void tm_smp_frame_write(tm_bytes packet, void (*write)(const void *bytes, size_t len));

#endif
