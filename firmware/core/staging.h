// SPDX-License-Identifier: Apache-2.0
// The staging area: a bundle's bytes before its image, or the object of a chunked request. One object at a time;
// whoever begins takes it from the one before.
#ifndef TM_STAGING_H
#define TM_STAGING_H

#include <stdbool.h>

#include "source.h"

// Names the object that is being staged; another value with every begin.
typedef uint32_t tm_staging_ticket;

// Empties the area, and ends what tm_progress could have resumed from it.
tm_error tm_staging_begin(tm_staging_ticket *ticket);

// False once another has begun: its bytes are gone.
bool tm_staging_holds(tm_staging_ticket ticket);

// MESSAGE_TOO_LARGE beyond TM_LIMIT_BUNDLE_STAGING_BYTES, BUSY for a ticket that no longer holds, FLASH_WRITE.
tm_error tm_staging_append(tm_staging_ticket ticket, tm_bytes bytes);

// Bytes staged so far, readable at once.
tm_source tm_staging_source(void);

// Programs what a program unit still held back. Nothing can be appended after it.
tm_error tm_staging_finish(tm_staging_ticket ticket);

// Takes over what stands in the area from before a reset: all of it, whatever it is.
void tm_staging_adopt(tm_staging_ticket *ticket);

#endif
