// SPDX-License-Identifier: Apache-2.0
#include "der_time.h"

#define FIRST_UTC_YEAR 1950u
#define FIRST_GENERALIZED_YEAR 2050u

typedef struct {
    uint32_t year, month, day, hour, minute, second;
} date;

static bool take_two_digits(tm_bytes *text, uint32_t *value) {
    if (text->len < 2) return false;
    const uint32_t tens = text->ptr[0] - (uint32_t)'0';
    const uint32_t ones = text->ptr[1] - (uint32_t)'0';
    *text = tm_bytes_of(text->ptr + 2, text->len - 2);
    *value = 10 * tens + ones;
    return tens <= 9 && ones <= 9;
}

static bool take_year(tm_bytes *text, bool generalized, uint32_t *year) {
    uint32_t century, of_century;
    if (generalized && !take_two_digits(text, &century)) return false;
    if (!take_two_digits(text, &of_century)) return false;
    if (!generalized) century = of_century >= FIRST_UTC_YEAR % 100 ? 19 : 20;
    *year = 100 * century + of_century;
    return *year >= FIRST_UTC_YEAR;
}

static bool take_date(tm_bytes text, bool generalized, date *d) {
    return take_year(&text, generalized, &d->year) && take_two_digits(&text, &d->month) &&
           take_two_digits(&text, &d->day) && take_two_digits(&text, &d->hour) && take_two_digits(&text, &d->minute) &&
           take_two_digits(&text, &d->second) && text.len == 1 && text.ptr[0] == 'Z';
}

static bool is_leap(uint32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static uint32_t days_in(const date *d) {
    static const uint8_t DAYS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return DAYS[d->month - 1] + (d->month == 2 && is_leap(d->year) ? 1u : 0u);
}

static bool is_date(const date *d) {
    return d->month >= 1 && d->month <= 12 && d->day >= 1 && d->day <= days_in(d) && d->hour <= 23 && d->minute <= 59 &&
           d->second <= 59;
}

// Gregorian days since 1970-01-01; the year begins in March, so that a leap day is its last.
static int32_t days_since_epoch(const date *d) {
    const uint32_t year = d->year - (d->month <= 2 ? 1 : 0);
    const uint32_t month = (d->month + 9) % 12;
    const uint32_t day_of_year = (153 * month + 2) / 5 + d->day - 1;
    return (int32_t)(365 * year + year / 4 - year / 100 + year / 400 + day_of_year) - 719468;
}

tm_error tm_der_time(tm_bytes *rest, int64_t *seconds) {
    const bool generalized = tm_der_tag(*rest) == TM_DER_GENERALIZED_TIME;
    tm_bytes text;
    date d;
    TM_TRY(tm_der_next(rest, generalized ? TM_DER_GENERALIZED_TIME : TM_DER_UTC_TIME, &text));
    if (!take_date(text, generalized, &d) || !is_date(&d)) return TM_ERROR_DER_MALFORMED;
    if (generalized && d.year < FIRST_GENERALIZED_YEAR) return TM_ERROR_CERT_PROFILE;
    *seconds = (int64_t)days_since_epoch(&d) * 86400 + d.hour * 3600 + d.minute * 60 + d.second;
    return TM_OK;
}
