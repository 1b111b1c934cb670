// SPDX-License-Identifier: Apache-2.0
// Included before every file of core, bootloader and app in the campaign's build: each call that writes, erases or burns
// becomes a site that says where it stands, while it is under way.
#ifndef TM_SITES_H
#define TM_SITES_H

#include "flash.h"
#include "port.h"

typedef struct {
    const char *file;
    int line;
    const char *call;
    bool *cut;  // a power cut fell into it
} powercut_site;

void powercut_enter(const powercut_site *site);
void powercut_leave(void);

#define POWERCUT_SITE(function, ...)                                                                                \
    ({                                                                                                              \
        static bool powercut_cut;                                                                                   \
        static const powercut_site powercut_here __attribute__((section("powercut_sites"), used, aligned(8))) = {   \
            __FILE__, __LINE__, #function, &powercut_cut};                                                          \
        powercut_enter(&powercut_here);                                                                             \
        const tm_error powercut_result = (function)(__VA_ARGS__);                                                   \
        powercut_leave();                                                                                           \
        powercut_result;                                                                                            \
    })

#define port_flash_program(...) POWERCUT_SITE(port_flash_program, __VA_ARGS__)
#define port_flash_erase(...) POWERCUT_SITE(port_flash_erase, __VA_ARGS__)
#define port_field_burn(...) POWERCUT_SITE(port_field_burn, __VA_ARGS__)
#define port_counter_raise(...) POWERCUT_SITE(port_counter_raise, __VA_ARGS__)
#ifndef POWERCUT_FLASH  // flash.c itself defines them
#define tm_flash_write(...) POWERCUT_SITE(tm_flash_write, __VA_ARGS__)
#define tm_flash_erase(...) POWERCUT_SITE(tm_flash_erase, __VA_ARGS__)
#endif

#endif
