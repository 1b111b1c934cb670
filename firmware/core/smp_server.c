// SPDX-License-Identifier: Apache-2.0
#include "smp_server.h"

#include "port.h"
#include "smp_frame.h"

#define IDLE_MS 1000u
#define READ_BYTES 256u

static tm_smp_receiver receiver;
static uint64_t last_byte_ms;
static uint8_t response[TM_SMP_PACKET_BYTES];

static void answer(const tm_smp_service *service, tm_bytes packet) {
    tm_bytes frame;
    void (*after)(void);
    tm_smp_handle(service, packet, response, &frame, &after);
    if (frame.len > 0) tm_smp_frame_write(frame, port_console_write);
    port_watchdog_feed();
    if (after == NULL) return;
    port_console_flush();
    after();
}

void tm_smp_serve(const tm_smp_service *service) {
    uint8_t bytes[READ_BYTES];
    const size_t count = port_console_read(bytes, sizeof bytes);
    const uint64_t now = port_clock_ms();
    if (count == 0) {
        if (tm_smp_receiver_partial(&receiver) && now - last_byte_ms > TM_SMP_PARTIAL_PACKET_TIMEOUT_MS) {
            tm_smp_receiver_init(&receiver);
        }
        port_idle(IDLE_MS);
        return;
    }
    last_byte_ms = now;
    for (size_t i = 0; i < count; i++) {
        tm_bytes packet;
        if (tm_smp_receive(&receiver, bytes[i], &packet)) answer(service, packet);
    }
}
