// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <sys/time.h>
#include <time.h>

#include "host.h"
#include "port.h"

static uint32_t watchdog_ms;

uint64_t port_clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

uint64_t port_instructions(void) {
    return 0;
}

void port_idle(uint32_t milliseconds) {
    host_console_wait(milliseconds);
}

static void bite(int signal_number) {
    (void)signal_number;
    port_reset();
}

void port_watchdog_start(uint32_t milliseconds) {
    struct sigaction action = {.sa_handler = bite, .sa_flags = SA_NODEFER};
    sigaction(SIGALRM, &action, NULL);
    watchdog_ms = milliseconds;
    port_watchdog_feed();
}

void port_watchdog_feed(void) {
    const struct itimerval timer = {.it_value = {watchdog_ms / 1000u, watchdog_ms % 1000u * 1000u}};
    setitimer(ITIMER_REAL, &timer, NULL);
}
