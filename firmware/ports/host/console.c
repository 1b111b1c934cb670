// SPDX-License-Identifier: Apache-2.0
// The serial line is a Unix socket; one client at a time holds the cable's other end. Without one, what is sent is lost.
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "host.h"
#include "port.h"

static int listen_on(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (listener >= 0 && strlen(path) < sizeof address.sun_path) {
        strcpy(address.sun_path, path);
        unlink(path);
        if (bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 1) == 0) {
            return listener;
        }
    }
    perror(path);
    exit(1);
}

void host_console_start(void) {
    if (host.listener < 0) host.listener = listen_on(host.socket);
}

static void hang_up(void) {
    close(host.client);
    host.client = -1;
}

void host_console_wait(uint32_t milliseconds) {
    const bool connected = host.client >= 0;
    struct pollfd wait = {.fd = connected ? host.client : host.listener, .events = POLLIN};
    if (poll(&wait, 1, (int)milliseconds) > 0 && !connected) host.client = accept(host.listener, NULL, NULL);
}

size_t port_console_read(uint8_t *to, size_t limit) {
    if (host.client < 0) return 0;
    const ssize_t got = recv(host.client, to, limit, MSG_DONTWAIT);
    if (got > 0) return (size_t)got;
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) hang_up();
    return 0;
}

void port_console_write(const void *from, size_t len) {
    const uint8_t *bytes = from;
    while (len > 0 && host.client >= 0) {
        const ssize_t sent = send(host.client, bytes, len, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) {
            hang_up();
            return;
        }
        bytes += sent;
        len -= (size_t)sent;
    }
}

void port_console_flush(void) {}
