// SPDX-License-Identifier: Apache-2.0
// The button and the ignition are files beside the flash: FLASH.absent, nobody is there; FLASH.moving, the vehicle moves.
#include <stdio.h>
#include <unistd.h>

#include "host.h"
#include "port.h"

static bool beside_flash(const char *suffix) {
    char path[4096];
    const int len = snprintf(path, sizeof path, "%s.%s", host.flash, suffix);
    return len > 0 && (size_t)len < sizeof path && access(path, F_OK) == 0;
}

bool port_present(void) {
    return !beside_flash("absent");
}

bool port_safe_to_reboot(void) {
    return !beside_flash("moving");
}
