// SPDX-License-Identifier: Apache-2.0
#include "tap.h"

typedef struct {
    const char *name;
    tm_error code;
} row;

#define ROW(NAME, code, text) {#NAME, code},
static const row TABLE[] = {TM_ERROR_TABLE(ROW)};
#define ROWS (sizeof TABLE / sizeof TABLE[0])

int main(void) {
    bool named = true, apart = true;
    for (size_t i = 0; i < ROWS; i++) {
        named = named && strcmp(tm_error_name(TABLE[i].code), TABLE[i].name) == 0;
        apart = apart && TABLE[i].code != 0 && TABLE[i].code != TM_OK;
        for (size_t k = 0; k < i; k++) apart = apart && TABLE[i].code != TABLE[k].code;
    }
    ok(ROWS > 60 && named, "every code has its name");
    ok(apart, "D28 no code is zero, success, or another's");
    ok(__builtin_popcount(TM_OK) >= 12 && __builtin_popcount(TM_OK) <= 20,
       "D28 success is far from all zeros and all ones");
    ok(strcmp(tm_error_name(TM_OK), "OK") == 0, "success has a name");
    ok(strcmp(tm_error_name(0), "UNKNOWN") == 0 && strcmp(tm_error_name(0xffffffffu), "UNKNOWN") == 0,
       "a number outside the table is unknown");
    return done();
}
