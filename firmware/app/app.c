// SPDX-License-Identifier: Apache-2.0
// Wires the unit together: nothing is decided here.
#include "app.h"

#include "device.h"
#include "image_group.h"
#include "install.h"
#include "launched.h"
#include "os_group.h"
#include "port.h"
#include "self_test.h"
#include "smp_server.h"
#include "touchmark_group.h"
#include "trial.h"

static tm_unit unit(void) {
    return tm_device_unit(&tm_the_device);
}

static void challenge_used(void) {
    tm_challenge_spend(&tm_the_device.challenge);
}

static bool self_test_passed(void) {
    return tm_self_test_passes(&tm_the_device);
}

static tm_error raise_rollback(void) {
    return tm_device_raise_rollback(&tm_the_device, tm_the_device.running.manifest.security_version);
}

static void start(const tm_boot_info *boot) {
    static const tm_install_context install = {unit, {tm_device_store_anchor, &tm_the_device}, challenge_used};
    static const tm_trial_context trial = {self_test_passed, raise_rollback};
    tm_launched_set(boot);
    tm_device_start(boot);
    tm_install_start(&install);
    // A raise that fails is tried again at the next start: the unit serves all the same.
    (void)tm_trial_start(&trial);
}

_Noreturn void tm_app(const tm_boot_info *boot) {
    static const tm_smp_group *const groups[] = {&tm_os_group, &tm_image_group, &tm_touchmark_group};
    static const tm_smp_service service = {groups, sizeof groups / sizeof groups[0]};
    port_start();
    port_watchdog_start(PORT_WATCHDOG_MS);
    start(boot);
    for (;;) {
        tm_smp_serve(&service);
        port_watchdog_feed();
    }
}
