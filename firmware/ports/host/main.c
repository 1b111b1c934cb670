// SPDX-License-Identifier: Apache-2.0
// touchmark-unit --socket PATH --flash FILE --one-time FILE [--erase BYTES]
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "bootloader.h"
#include "host.h"
#include "port.h"

host_options host = {.erase = TM_FLASH_HOST_ERASE_BYTES, .listener = -1, .client = -1};

static _Noreturn void usage(void) {
    fputs("usage: touchmark-unit --socket PATH --flash FILE --one-time FILE [--erase BYTES]\n", stderr);
    exit(2);
}

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"socket", required_argument, NULL, 's'},   {"flash", required_argument, NULL, 'f'},
        {"one-time", required_argument, NULL, 'o'}, {"erase", required_argument, NULL, 'e'},
        {"listener", required_argument, NULL, 'l'}, {"client", required_argument, NULL, 'c'},
        {NULL, 0, NULL, 0},
    };
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
            case 's': host.socket = optarg; break;
            case 'f': host.flash = optarg; break;
            case 'o': host.one_time = optarg; break;
            case 'e': host.erase = (uint32_t)strtoul(optarg, NULL, 0); break;
            case 'l': host.listener = atoi(optarg); break;
            case 'c': host.client = atoi(optarg); break;
            default: usage();
        }
    }
    const bool erase_good = host.erase >= TM_FLASH_HOST_ERASE_BYTES && (host.erase & (host.erase - 1)) == 0 &&
                            TM_FLASH_HOST_BOOTLOADER_BYTES % host.erase == 0;
    if (host.socket == NULL || host.flash == NULL || host.one_time == NULL || !erase_good) usage();
    tm_bootloader();
}
