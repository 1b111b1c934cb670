// SPDX-License-Identifier: Apache-2.0
// A reset starts the same program anew, so that no variable outlives it; the serial line's descriptors are handed on,
// as a cable stays plugged in.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "host.h"
#include "one_time_fields.h"
#include "port.h"

const char port_name[] = "host";

void port_start(void) {
    static bool started;  // bootloader and app are one program here
    if (started) return;
    started = true;
    host_flash_start();
    host_one_time_start();
    (void)one_time_start();
    host_console_start();
}

_Noreturn void port_reset(void) {
    char erase[16], listener[16], client[16];
    snprintf(erase, sizeof erase, "%u", host.erase);
    snprintf(listener, sizeof listener, "%d", host.listener);
    snprintf(client, sizeof client, "%d", host.client);
    execl("/proc/self/exe", "touchmark-unit", "--socket", host.socket, "--flash", host.flash, "--one-time",
          host.one_time, "--erase", erase, "--listener", listener, "--client", client, (char *)NULL);
    _exit(70);
}
