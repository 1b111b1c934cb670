// SPDX-License-Identifier: Apache-2.0
// Requests of group 64 that are larger than a packet: {off, data, ?len, ?sha}, collected in the staging area
// (protocol/serial.md). Answers {off} until the object is whole and hashes to sha; then finish answers.
#ifndef TM_CHUNKED_H
#define TM_CHUNKED_H

#include "smp.h"
#include "source.h"

typedef tm_error (*tm_chunked_finish)(tm_smp_call *call, const tm_source *object);

// MESSAGE_FIELD, CHUNK_DIGEST, FLASH_WRITE, or what finish says.
tm_error tm_chunked(tm_smp_call *call, tm_chunked_finish finish);

#endif
