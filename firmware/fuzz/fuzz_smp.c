// SPDX-License-Identifier: Apache-2.0
// The serial line: noise and frames into the receiver, whole packets into the dispatcher.
#include <stdlib.h>
#include <string.h>

#include "smp.h"
#include "smp_frame.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static tm_error answer_with_fields(tm_smp_call *call) {
    uint32_t number;
    bool flag;
    tm_bytes bytes, text;
    TM_TRY(tm_smp_uint(call, "off", 0, &number));
    TM_TRY(tm_smp_bool(call, "confirm", &flag));
    TM_TRY(tm_smp_bstr(call, "data", &bytes));
    return tm_smp_tstr(call, "d", &text);
}

static const tm_smp_command commands[] = {{0, answer_with_fields, answer_with_fields}, {1, NULL, answer_with_fields}};
static const tm_smp_group group = {0, commands, sizeof commands / sizeof *commands};
static const tm_smp_group *const groups[] = {&group};
static const tm_smp_service service = {groups, 1};

static void handle(tm_bytes packet) {
    // A copy of its own size, so that reading beyond it is seen.
    uint8_t *exact = malloc(packet.len + 1), *response = malloc(TM_SMP_PACKET_BYTES);
    if (exact == NULL || response == NULL) abort();
    memcpy(exact, packet.ptr, packet.len);
    tm_bytes answer;
    void (*after)(void);
    tm_smp_handle(&service, tm_bytes_of(exact, packet.len), response, &answer, &after);
    if (answer.len > TM_SMP_PACKET_BYTES) __builtin_trap();
    free(exact);
    free(response);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static tm_smp_receiver receiver;
    tm_smp_receiver_init(&receiver);
    tm_bytes packet;
    for (size_t i = 0; i < size; i++) {
        if (tm_smp_receive(&receiver, data[i], &packet)) handle(packet);
    }
    if (size <= TM_SMP_PACKET_BYTES) handle(tm_bytes_of(data, size));
    return 0;
}
