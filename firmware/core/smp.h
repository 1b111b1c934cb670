// SPDX-License-Identifier: Apache-2.0
// SMP: header, dispatch, errors (protocol/serial.md). One request, one response, then what the handler asked for.
#ifndef TM_SMP_H
#define TM_SMP_H

#include "cbor.h"
#include "cbor_write.h"

typedef struct tm_smp_call {
    tm_cbor request;            // cursor over the request map's keys and values
    tm_cbor_writer response;    // the handler writes one map
    void (*after)(void);        // runs once the response has left; for what takes long or does not return
} tm_smp_call;

// Anything but TM_OK discards what the handler wrote and answers with that error.
typedef tm_error (*tm_smp_handler)(tm_smp_call *call);

typedef struct {
    uint8_t id;
    tm_smp_handler read;   // NULL: no such operation
    tm_smp_handler write;
} tm_smp_command;

typedef struct {
    uint16_t id;
    const tm_smp_command *commands;
    size_t count;
} tm_smp_group;

typedef struct {
    const tm_smp_group *const *groups;
    size_t count;
} tm_smp_service;

// Handles one packet. response: TM_SMP_PACKET_BYTES to write into; answer is the part used, empty where the packet is
// none that can be answered. after is NULL or what to run once the answer has left.
void tm_smp_handle(const tm_smp_service *service, tm_bytes packet, uint8_t *response, tm_bytes *answer,
                   void (**after)(void));

// Reads of the request's fields, MESSAGE_FIELD for another type or, where required, an absent key.
tm_error tm_smp_uint(const tm_smp_call *call, const char *key, uint32_t absent, uint32_t *value);
tm_error tm_smp_uint64(const tm_smp_call *call, const char *key, bool *present, uint64_t *value);  // absent: 0
tm_error tm_smp_bool(const tm_smp_call *call, const char *key, bool *value);           // absent: false
tm_error tm_smp_bstr(const tm_smp_call *call, const char *key, tm_bytes *value);       // absent: empty, ptr NULL
tm_error tm_smp_tstr(const tm_smp_call *call, const char *key, tm_bytes *value);       // absent: empty, ptr NULL
tm_error tm_smp_bstr_fixed(const tm_smp_call *call, const char *key, void *value, size_t len);  // required

#endif
