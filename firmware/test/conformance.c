// SPDX-License-Identifier: Apache-2.0
// The promises of ports/port.h, run by the port itself on a new chip: linked in the bootloader's place, it speaks TAP on
// the console, is reset once by its watchdog, and says after the reset what has to have stayed.
#include <string.h>

#include "bootloader.h"
#include "flash.h"
#include "health.h"
#include "hmac.h"
#include "port.h"
#include "sha256.h"

#define WATCHDOG_MS 800u  // far beyond what a busy host keeps a guest waiting

static unsigned tests;

static void say(const char *text) {
    port_console_write(text, strlen(text));
}

static void number(unsigned value) {
    char digits[10];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value > 0);
    port_console_write(digits + at, sizeof digits - at);
}

static void check(bool passed, const char *title) {
    tests++;
    port_watchdog_feed();
    if (!passed) say("not ");
    say("ok ");
    number(tests);
    say(" - ");
    say(title);
    say("\n");
}

static const uint8_t HASH[PORT_FIELD_SIZE] = {1, 2, 3, 0x80};
static const uint8_t OTHER[PORT_FIELD_SIZE] = {1, 2, 7, 0x80};
static const uint8_t KEY[PORT_FIELD_SIZE] = {0x0b, 0xff, 0x55};

static uint8_t bytes[512], back[512];

static bool reads(uint32_t off, const uint8_t *expected, size_t len) {
    memset(back, 0, sizeof back);
    return port_flash_read(off, back, len) == TM_OK && memcmp(back, expected, len) == 0;
}

static bool blank(uint32_t off, uint32_t len) {
    for (uint32_t done = 0; done < len; done += sizeof back) {
        const uint32_t part = len - done < sizeof back ? len - done : (uint32_t)sizeof back;
        if (port_flash_read(off + done, back, part) != TM_OK) return false;
        for (uint32_t i = 0; i < part; i++) {
            if (back[i] != 0xff) return false;
        }
    }
    return true;
}

static void check_flash(uint32_t block) {
    const port_flash_geometry flash = port_flash();
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7u);
    check(port_flash_erase(block) == TM_OK && blank(block, flash.erase), "a block is erased to 0xff");
    check(port_flash_program(block, bytes, sizeof bytes) == TM_OK && reads(block, bytes, sizeof bytes), "and programmed");
    check(reads(block + 3u, bytes + 3, 250), "it is read from any byte on");
    bytes[100] = (uint8_t)(bytes[100] | 1u << 0);
    check(port_flash_program(block, bytes, sizeof bytes) == TM_ERROR_FLASH_WRITE, "a bit from 0 to 1 is refused");
    bytes[100] = (uint8_t)(100u * 7u);
    check(reads(block, bytes, sizeof bytes), "and nothing written then");
    bytes[8] = 0;
    check(port_flash_program(block, bytes, sizeof bytes) == TM_OK && reads(block, bytes, 16), "a bit from 1 to 0 is taken");
    check(port_flash_program(block + 1u, bytes, flash.program) == TM_ERROR_FLASH_WRITE, "not from inside a unit on");
    check(port_flash_program(block, bytes, flash.program - 1u) == TM_ERROR_FLASH_WRITE, "no part of a unit");
    check(port_flash_erase(block + flash.program) == TM_ERROR_FLASH_WRITE, "no erase inside a block");
}

static void check_edges(void) {
    const port_flash_geometry flash = port_flash();
    check(port_flash_read(flash.size - 1u, back, 2) == TM_ERROR_INTERNAL, "no read beyond the end");
    check(port_flash_program(flash.size, bytes, flash.program) == TM_ERROR_FLASH_WRITE, "no program beyond the end");
    check(port_flash_program(0u - flash.program, bytes, flash.program) == TM_ERROR_FLASH_WRITE, "D22 and none that wraps");
    check(port_flash_erase(flash.size) == TM_ERROR_FLASH_WRITE, "no erase beyond the end");
}

static void check_fields(void) {
    uint8_t value[PORT_FIELD_SIZE];
    check(port_field_read(PORT_FIELD_CONSTANT_HASH, value) == TM_ERROR_ONE_TIME_MEMORY, "a blank field is none");
    check(port_field_burn(PORT_FIELD_CONSTANT_HASH, HASH) == TM_OK, "it is burned once");
    check(port_field_read(PORT_FIELD_CONSTANT_HASH, value) == TM_OK && memcmp(value, HASH, sizeof HASH) == 0, "and read");
    check(port_field_burn(PORT_FIELD_CONSTANT_HASH, HASH) == TM_OK, "the same value can be burned again");
    check(port_field_burn(PORT_FIELD_CONSTANT_HASH, OTHER) == TM_ERROR_ONE_TIME_MEMORY, "A3 another cannot");
    check(port_field_burn(PORT_FIELD_COUNT, HASH) == TM_ERROR_ONE_TIME_MEMORY, "there is no further field");
}

static bool hmac_is(const tm_bytes *parts, size_t count, const uint8_t *message, size_t len) {
    uint8_t expected[32], made[32];
    tm_hmac(KEY, sizeof KEY, message, len, expected);
    return port_chip_hmac(parts, count, made) == TM_OK && memcmp(made, expected, sizeof made) == 0;
}

// Every length that puts the padding elsewhere, in one part and in two.
static bool hmacs_agree(void) {
    static const size_t lengths[] = {0, 1, 31, 54, 55, 56, 63, 64, 65, 119, 120, 128, 200, 512};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const size_t len = lengths[i];
        const tm_bytes whole = tm_bytes_of(bytes, len);
        const tm_bytes parts[] = {tm_bytes_of(bytes, len / 3u), tm_bytes_of(bytes + len / 3u, len - len / 3u)};
        if (!hmac_is(&whole, 1, bytes, len) || !hmac_is(parts, 2, bytes, len)) return false;
    }
    return true;
}

static void check_chip_key(void) {
    uint8_t value[PORT_FIELD_SIZE];
    const tm_bytes nothing = tm_bytes_of(bytes, 0);
    check(port_chip_hmac(&nothing, 1, value) == TM_ERROR_CHIP_KEY_ABSENT, "without a key the chip makes no MAC");
    check(port_field_burn(PORT_FIELD_CHIP_KEY, KEY) == TM_OK, "a chip key is burned");
    check(port_field_read(PORT_FIELD_CHIP_KEY, value) == TM_ERROR_ONE_TIME_MEMORY, "A2 and never read");
    check(port_field_burn(PORT_FIELD_CHIP_KEY, KEY) == TM_OK, "the same key can be burned again");
    check(port_field_burn(PORT_FIELD_CHIP_KEY, OTHER) == TM_ERROR_ONE_TIME_MEMORY, "A3 another cannot");
    check(hmacs_agree(), "the chip's MACs are HMAC-SHA-256 under its key, at every length of padding");
}

static void check_counter(port_counter counter) {
    const uint32_t limit = port_counter_limit(counter);
    check(port_counter_read(counter) == 0 && limit >= 1u && limit <= TM_LIMIT_ROLLBACK_MIRROR, "a counter starts at 0");
    check(port_counter_raise(counter, 1) == TM_OK && port_counter_read(counter) == 1u, "rises");
    check(port_counter_raise(counter, 0) == TM_OK && port_counter_read(counter) == 1u, "D1 never falls");
    check(port_counter_raise(counter, UINT32_MAX) == TM_OK && port_counter_read(counter) == limit, "D32 and is full at most");
}

static void check_counters(void) {
    check_counter(PORT_COUNTER_ROLLBACK);
    check(port_counter_read(PORT_COUNTER_EPOCH) == 0 && port_counter_read(PORT_COUNTER_LOCK) == 0, "and no other with it");
    check_counter(PORT_COUNTER_EPOCH);
    check(port_counter_raise(PORT_COUNTER_COUNT, 1) == TM_ERROR_ONE_TIME_MEMORY, "there is no further counter");
}

static bool hashes(void) {
    static const uint8_t ABC[32] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                                    0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                                    0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
    uint8_t digest[32], other[32];
    tm_sha256_state first, second;
    tm_sha256("abc", 3, digest);
    if (memcmp(digest, ABC, sizeof ABC) != 0) return false;
    tm_sha256_init(&first);
    tm_sha256_init(&second);
    for (size_t i = 0; i < sizeof bytes; i += 64u) {  // two at once: an accelerator keeps nobody's state
        tm_sha256_update(&first, bytes + i, 64);
        tm_sha256_update(&second, bytes + i, 64);
    }
    tm_sha256_final(&first, digest);
    tm_sha256_final(&second, other);
    tm_sha256(bytes, sizeof bytes, back);
    return memcmp(digest, other, 32) == 0 && memcmp(digest, back, 32) == 0;
}

static void check_rest(void) {
    uint8_t noise[64], again[64], id[PORT_CHIP_ID_SIZE], same[PORT_CHIP_ID_SIZE];
    check(tm_health_collect(port_entropy, NULL, noise, sizeof noise) == TM_OK &&
              tm_health_collect(port_entropy, NULL, again, sizeof again) == TM_OK && memcmp(noise, again, 64) != 0,
          "A11 noise passes its health tests and does not repeat");
    port_chip_id(id);
    port_chip_id(same);
    check(memcmp(id, same, sizeof id) == 0 && (tm_load32_be(id) | tm_load32_be(id + 4)) != 0, "the chip has an id");
    check(hashes(), "SHA-256 is itself, two at once too");
    const uint64_t start = port_clock_ms();
    for (unsigned i = 0; i < 10000u && port_clock_ms() - start < 30u; i++) {
        while (port_console_read(back, sizeof back) > 0) {  // a byte that waits ends every sleep
        }
        port_idle(10);
    }
    check(port_clock_ms() - start >= 30u, "time passes in sleep");
}

static void check_watchdog(void) {
    const uint64_t start = port_clock_ms();
    port_watchdog_start(WATCHDOG_MS);
    while (port_clock_ms() - start < WATCHDOG_MS + WATCHDOG_MS / 4u) port_watchdog_feed();
    check(true, "D33 a watchdog that is fed does not bite");
}

// Nothing else ends it.
_Noreturn static void starve(void) {
    port_watchdog_feed();
    for (;;) {
    }
}

// After the reset.
static void check_lasting(void) {
    uint8_t value[PORT_FIELD_SIZE];
    const tm_bytes probe = tm_bytes_of(HASH, sizeof HASH);
    check(port_field_read(PORT_FIELD_CONSTANT_HASH, value) == TM_OK && memcmp(value, HASH, sizeof HASH) == 0,
          "what is burned outlives a reset");
    check(hmac_is(&probe, 1, HASH, sizeof HASH), "the chip's key too");
    check(port_counter_read(PORT_COUNTER_EPOCH) == port_counter_limit(PORT_COUNTER_EPOCH), "and its counters");
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 7u);
    bytes[8] = 0;
    check(reads(port_flash_map()->staging.off, bytes, sizeof bytes), "and what is in flash");
    check(port_counter_raise(PORT_COUNTER_LOCK, 1) == TM_OK && port_counter_read(PORT_COUNTER_LOCK) == 1u, "it is locked");
    check(port_counter_raise(PORT_COUNTER_DEBUG, 1) == TM_OK && port_counter_read(PORT_COUNTER_DEBUG) == 1u,
          "A13 and its debug port closed");
}

static void end(const char *what) {
    say(what);
    number(tests);
    say("\n");
    port_console_flush();
    port_idle(10);
}

_Noreturn void tm_bootloader(void) {
    uint8_t value[PORT_FIELD_SIZE];
    port_start();
    port_watchdog_start(PORT_WATCHDOG_MS);
    uint8_t go;
    while (port_console_read(&go, 1) == 0) {  // until somebody listens
        port_watchdog_feed();
        port_idle(10);
    }
    if (port_field_read(PORT_FIELD_CONSTANT_HASH, value) != TM_OK) {
        check_flash(port_flash_map()->staging.off);
        check_flash(port_flash().size - port_flash().erase);
        check_edges();
        check_fields();
        check_chip_key();
        check_counters();
        check_rest();
        check_watchdog();
        end("# reset after ");
        starve();
    } else {
        check_lasting();
        end("# end after ");
        port_reset();
    }
}
