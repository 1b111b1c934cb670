// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host.h"

static _Noreturn void fail(const char *path) {
    perror(path);
    exit(1);
}

uint8_t *host_map(const char *path, size_t *size) {
    struct stat status;
    const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || fstat(file, &status) != 0) fail(path);
    const size_t old = (size_t)status.st_size;
    const bool grow = old < *size;
    if (grow && ftruncate(file, (off_t)*size) != 0) fail(path);
    if (!grow) *size = old;
    uint8_t *bytes = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED) fail(path);
    if (grow) memset(bytes + old, 0xff, *size - old);
    close(file);
    return bytes;
}

bool host_nor_program(uint8_t *to, const uint8_t *from, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if ((from[i] & ~to[i]) != 0) return false;
    }
    memcpy(to, from, len);
    return true;
}
