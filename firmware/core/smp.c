// SPDX-License-Identifier: Apache-2.0
#include "smp.h"

#include <string.h>

typedef struct {
    uint8_t op;
    uint8_t version;  // 0: SMP v1, 1: SMP v2
    uint16_t group;
    uint8_t sequence;
    uint8_t command;
    tm_bytes payload;
} header;

static bool parse(tm_bytes packet, header *h) {
    if (packet.len < TM_SMP_HEADER_BYTES || packet.len > TM_SMP_PACKET_BYTES) return false;
    const uint8_t *p = packet.ptr;
    *h = (header){
        .op = p[0] & 7u,
        .version = p[0] >> 3 & 3u,
        .group = tm_load16_be(p + 4),
        .sequence = p[6],
        .command = p[7],
        .payload = tm_bytes_of(p + TM_SMP_HEADER_BYTES, tm_load16_be(p + 2)),
    };
    if (h->payload.len != packet.len - TM_SMP_HEADER_BYTES) return false;
    return h->version <= 1 && (h->op == TM_SMP_OP_READ || h->op == TM_SMP_OP_WRITE);
}

static tm_smp_handler find(const tm_smp_service *service, const header *h) {
    for (size_t i = 0; i < service->count; i++) {
        const tm_smp_group *const group = service->groups[i];
        for (size_t j = 0; group->id == h->group && j < group->count; j++) {
            const tm_smp_command *const command = &group->commands[j];
            if (command->id == h->command) return h->op == TM_SMP_OP_READ ? command->read : command->write;
        }
    }
    return NULL;
}

static tm_error run(const tm_smp_service *service, const header *h, tm_smp_call *call) {
    const tm_smp_handler handler = find(service, h);
    if (handler == NULL) return TM_ERROR_COMMAND_UNKNOWN;
    static const uint8_t empty_map[] = {0xa0};
    const tm_bytes payload = h->payload.len > 0 ? h->payload : tm_bytes_of(empty_map, sizeof empty_map);
    tm_cbor in;
    TM_TRY(tm_cbor_open(&in, payload, TM_CBOR_TOLERANT));
    if (tm_cbor_map(&in, &call->request) != TM_OK) return TM_ERROR_MESSAGE_FIELD;
    return handler(call);
}

// An unknown command is SMP's own "not supported" in both versions, as clients that probe expect it.
static void put_error(tm_cbor_writer *out, uint8_t version, tm_error error) {
    if (error == TM_ERROR_COMMAND_UNKNOWN || version == 0) {
        tm_cbor_put_map(out, 1);
        tm_cbor_put_tstr(out, "rc");
        tm_cbor_put_uint(out, error == TM_ERROR_COMMAND_UNKNOWN ? TM_SMP_RC_NOT_SUPPORTED : TM_SMP_RC_PER_USER + error);
        return;
    }
    tm_cbor_put_map(out, 1);
    tm_cbor_put_tstr(out, "err");
    tm_cbor_put_map(out, 2);
    tm_cbor_put_tstr(out, "rc");
    tm_cbor_put_uint(out, error);
    tm_cbor_put_tstr(out, "group");
    tm_cbor_put_uint(out, TM_SMP_GROUP_TOUCHMARK);
}

void tm_smp_handle(const tm_smp_service *service, tm_bytes packet, uint8_t *response, tm_bytes *answer,
                   void (**after)(void)) {
    header h;
    *answer = tm_bytes_of(NULL, 0);
    *after = NULL;
    if (!parse(packet, &h)) return;
    uint8_t *const body = response + TM_SMP_HEADER_BYTES;
    const size_t room = TM_SMP_PACKET_BYTES - TM_SMP_HEADER_BYTES;
    tm_bytes written = tm_bytes_of(NULL, 0);
    tm_smp_call call = {.after = NULL};
    tm_cbor_writer_init(&call.response, body, room);
    tm_error error = run(service, &h, &call);
    if (error == TM_OK && tm_cbor_written(&call.response, &written) != TM_OK) error = TM_ERROR_MESSAGE_TOO_LARGE;
    if (error != TM_OK) {
        tm_cbor_writer_init(&call.response, body, room);
        put_error(&call.response, h.version, error);
        (void)tm_cbor_written(&call.response, &written);
    } else {
        *after = call.after;
    }
    response[0] = (uint8_t)((uint32_t)h.version << 3 | (h.op + 1u));
    response[1] = 0;
    tm_store16_be(response + 2, (uint16_t)written.len);
    tm_store16_be(response + 4, h.group);
    response[6] = h.sequence;
    response[7] = h.command;
    *answer = tm_bytes_of(response, TM_SMP_HEADER_BYTES + written.len);
}
