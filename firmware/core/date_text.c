// SPDX-License-Identifier: Apache-2.0
#include "date_text.h"

#define YEAR_10000 253402300800u  // unix seconds
#define DAY 86400u                // seconds
#define ERA_DAYS 146097u          // in 400 years
#define EPOCH_DAY 719468u         // 1970-01-01, counted from 0000-03-01

static void put_digits(char *to, uint32_t value, uint32_t count) {
    for (; count > 0; count--, value /= 10) to[count - 1] = (char)('0' + value % 10);
}

// The year begins in March, so that a leap day is its last.
static void put_date(uint32_t day, char text[TM_DATE_TEXT_BYTES]) {
    const uint32_t of_era = day % ERA_DAYS;
    const uint32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const uint32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const uint32_t from_march = (5 * of_year + 2) / 153;
    const uint32_t month = from_march < 10 ? from_march + 3 : from_march - 9;
    put_digits(text, day / ERA_DAYS * 400 + year_of_era + (month <= 2 ? 1 : 0), 4);
    put_digits(text + 5, month, 2);
    put_digits(text + 8, of_year - (153 * from_march + 2) / 5 + 1, 2);
}

bool tm_date_text(uint64_t seconds, char text[TM_DATE_TEXT_BYTES]) {
    if (seconds >= YEAR_10000) return false;
    const uint32_t of_day = (uint32_t)(seconds % DAY);
    put_date((uint32_t)(seconds / DAY) + EPOCH_DAY, text);
    put_digits(text + 11, of_day / 3600, 2);
    put_digits(text + 14, of_day / 60 % 60, 2);
    put_digits(text + 17, of_day % 60, 2);
    text[4] = text[7] = '-';
    text[10] = 'T';
    text[13] = text[16] = ':';
    text[19] = 'Z';
    return true;
}
