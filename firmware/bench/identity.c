// SPDX-License-Identifier: Apache-2.0
// What the work of an identity takes, in instructions: a program of its own for ports/virt, so that no unit tells anyone
// how long its key works. Prints lines of a name and a number; under QEMU exact with -icount alone.
#include <string.h>

#include "boot_info.h"
#include "device_key.h"
#include "ecdsa.h"
#include "port.h"
#include "random.h"

#define RUNS 8u

_Noreturn void tm_bench(const tm_boot_info *boot);

static void put(const char *text) {
    port_console_write(text, strlen(text));
}

static void put_figure(const char *name, uint64_t total) {
    char digits[24];
    size_t at = sizeof digits;
    uint32_t value = (uint32_t)(total / RUNS);
    do digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    put(name);
    put(" ");
    port_console_write(digits + at, sizeof digits - at);
    put("\n");
}

static tm_error measure(void) {
    static tm_identity identity;
    uint8_t digest[32], secret[32], signature[65];
    uint64_t birth = 0, sign = 0, verify = 0, whole = 0;
    TM_TRY(tm_chip_key_ensure());  // and seeds the generator: from here on nothing waits for the emulated noise
    for (uint32_t i = 0; i < RUNS; i++) {
        TM_TRY(tm_random(digest, sizeof digest));
        TM_TRY(tm_random(secret, sizeof secret));
        uint64_t at = port_instructions();
        TM_TRY(tm_device_key_birth(&identity));
        birth += port_instructions() - at;
        at = port_instructions();
        TM_TRY(tm_ecdsa_sign_recoverable(secret, digest, secret, signature));
        sign += port_instructions() - at;
        at = port_instructions();
        TM_TRY(tm_device_key_sign(&identity, digest, signature));
        whole += port_instructions() - at;
        at = port_instructions();
        TM_TRY(tm_ecdsa_verify(digest, signature, identity.public_key));
        verify += port_instructions() - at;
    }
    put_figure("birth", birth);
    put_figure("sign", sign);
    put_figure("deviceSign", whole);
    put_figure("verify", verify);
    return TM_OK;
}

_Noreturn void tm_bench(const tm_boot_info *boot) {
    (void)boot;
    port_start();
    put(measure() == TM_OK ? "done\n" : "failed\n");
    for (;;) port_idle(1000);
}
