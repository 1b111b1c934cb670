// SPDX-License-Identifier: Apache-2.0
// Unix seconds as RFC 3339 writes them in UTC: YYYY-MM-DDThh:mm:ssZ, without a terminator.
#ifndef TM_DATE_TEXT_H
#define TM_DATE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#define TM_DATE_TEXT_BYTES 20u

// False from the year 10000 on.
bool tm_date_text(uint64_t seconds, char text[TM_DATE_TEXT_BYTES]);

#endif
