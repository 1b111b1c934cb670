// SPDX-License-Identifier: Apache-2.0
#include "app.h"

#include "os_group.h"
#include "port.h"
#include "smp_server.h"

#define WATCHDOG_MS 10000u

_Noreturn void tm_app(const tm_boot_info *boot) {
    (void)boot;
    static const tm_smp_group *const groups[] = {&tm_os_group};
    static const tm_smp_service service = {groups, sizeof groups / sizeof groups[0]};
    port_start();
    port_watchdog_start(WATCHDOG_MS);
    for (;;) {
        tm_smp_serve(&service);
        port_watchdog_feed();
    }
}
