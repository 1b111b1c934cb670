// SPDX-License-Identifier: Apache-2.0
#include "staging.h"

#include "flash_stream.h"
#include "port.h"
#include "progress.h"

static tm_flash_stream stream;
static tm_staging_ticket current;

tm_error tm_staging_begin(tm_staging_ticket *ticket) {
    *ticket = ++current;
    tm_flash_stream_begin(&stream, port_flash_map()->staging, 0);
    return tm_progress_clear();
}

bool tm_staging_holds(tm_staging_ticket ticket) {
    return ticket == current && ticket != 0;
}

tm_error tm_staging_append(tm_staging_ticket ticket, tm_bytes bytes) {
    if (!tm_staging_holds(ticket)) return TM_ERROR_BUSY;
    if (bytes.len > TM_LIMIT_BUNDLE_STAGING_BYTES - stream.len) return TM_ERROR_MESSAGE_TOO_LARGE;
    return tm_flash_stream_append(&stream, bytes);
}

tm_error tm_staging_finish(tm_staging_ticket ticket) {
    return tm_staging_holds(ticket) ? tm_flash_stream_finish(&stream) : TM_ERROR_BUSY;
}

tm_source tm_staging_source(void) {
    return tm_flash_stream_source(&stream);
}

void tm_staging_adopt(tm_staging_ticket *ticket) {
    *ticket = ++current;
    tm_flash_stream_begin(&stream, port_flash_map()->staging, TM_LIMIT_BUNDLE_STAGING_BYTES);
}
