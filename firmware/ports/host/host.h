// SPDX-License-Identifier: Apache-2.0
// What the files of this port need of each other. The unit is a Linux process: its flash and one-time memory are
// files, its serial line is a Unix socket that it listens on.
#ifndef TM_HOST_H
#define TM_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *socket;    // path
    const char *flash;     // path; created blank where there is none
    const char *one_time;  // path; created blank where there is none
    uint32_t erase;        // bytes in an erase block
    int listener;          // file descriptors handed on by port_reset; -1 at power-on
    int client;
} host_options;

extern host_options host;

// Maps a file into memory, filled up with 0xff to at least size bytes; *size becomes the file's size. Ends the process
// with a message where that is impossible.
uint8_t *host_map(const char *path, size_t *size);

// NOR over plain memory: false, and nothing written, for a bit that would rise.
bool host_nor_program(uint8_t *to, const uint8_t *from, size_t len);

void host_console_start(void);
void host_console_wait(uint32_t milliseconds);
void host_flash_start(void);
void host_one_time_start(void);

#endif
