// SPDX-License-Identifier: Apache-2.0
// What a chip gives to Touchmark. Every port keeps these promises, in files of the same names; test/port_test.c checks
// them on the model. Errors: FLASH_WRITE, ONE_TIME_MEMORY, CHIP_KEY_ABSENT,
// ENTROPY_FAILED, as named below.
#ifndef TM_PORT_H
#define TM_PORT_H

#include "boot_info.h"
#include "bytes.h"
#include "error.h"
#include "flash_map.h"

// -- flash.c: NOR flash. Offsets count bytes from the start of the flash. -----------------------------------------
// A power cut may leave any contents in the program unit or erase block that was being worked on; earlier ones are
// complete, later ones untouched.

typedef struct {
    uint32_t size;     // bytes
    uint32_t erase;    // bytes in an erase block, a power of two; erased bytes read 0xff
    uint32_t program;  // bytes in a program unit, a power of two
} port_flash_geometry;

port_flash_geometry port_flash(void);
const tm_flash_map *port_flash_map(void);

// Any range inside the flash; INTERNAL outside it.
tm_error port_flash_read(uint32_t off, void *to, size_t len);

// Whole program units, in ascending order. FLASH_WRITE, before anything is written, for a range outside the flash or
// out of alignment and for a bit that would go from 0 to 1. Reads back: TM_OK means that the bytes are there.
tm_error port_flash_program(uint32_t off, const void *from, size_t len);

// One erase block. Reads back: TM_OK means that every byte is 0xff.
tm_error port_flash_erase(uint32_t off);

// -- one_time.c: memory that is burned once and outlives any flash contents --------------------------------------

#define PORT_FIELD_SIZE 32u  // bytes in every field

typedef enum {
    PORT_FIELD_CHIP_KEY,       // keys port_chip_hmac; burned and used, never read
    PORT_FIELD_CONSTANT_HASH,  // of the part of trust that never changes
    PORT_FIELD_COUNT
} port_field;

// ONE_TIME_MEMORY while nothing whole is burned, and always for the chip key.
tm_error port_field_read(port_field field, uint8_t value[PORT_FIELD_SIZE]);

// Reads back. The same value can be burned again: that completes a torn burn. ONE_TIME_MEMORY if another value is there
// or no place is left.
tm_error port_field_burn(port_field field, const uint8_t value[PORT_FIELD_SIZE]);

typedef enum {
    PORT_COUNTER_LOCK,      // 1 = locked for good
    PORT_COUNTER_ROLLBACK,  // mirrors the rollback counter
    PORT_COUNTER_EPOCH,     // mirrors the witness epoch
    PORT_COUNTER_DEBUG,     // 1 = the port's fuse plan is burned whole: no debug port, no download mode, for good
    PORT_COUNTER_COUNT
} port_counter;

// What a counter holds at most: as many raises as the port has fuses for, TM_LIMIT_ROLLBACK_MIRROR at most.
uint32_t port_counter_limit(port_counter counter);

// Counts that never fall; read is of the fuses as they are now. Raising to more than the counter holds fills it.
uint32_t port_counter_read(port_counter counter);
tm_error port_counter_raise(port_counter counter, uint32_t to);

// -- chip.c --------------------------------------------------------------------------------------------------------

#define PORT_CHIP_ID_SIZE 8u

// The same for the life of the chip, another on every chip. Not secret.
void port_chip_id(uint8_t id[PORT_CHIP_ID_SIZE]);

// HMAC-SHA-256 under the chip key over the parts in a row. CHIP_KEY_ABSENT while no chip key is burned.
tm_error port_chip_hmac(const tm_bytes *parts, size_t count, uint8_t mac[32]);

// -- entropy.c -----------------------------------------------------------------------------------------------------

// Raw noise of the hardware source, for the caller to health-test and condition. ENTROPY_FAILED without a source.
tm_error port_entropy(void *ctx, uint8_t *to, size_t len);

// -- console.c: the serial line. At least 4 KiB of received bytes are kept until they are read. --------------------

size_t port_console_read(uint8_t *to, size_t limit);  // returns at once; 0 when nothing came
void port_console_write(const void *from, size_t len);
void port_console_flush(void);  // returns when the last byte has left

// -- clock.c -------------------------------------------------------------------------------------------------------

uint64_t port_clock_ms(void);  // since the start; never goes back

// Instructions retired; only differences mean anything. 0 where the port does not count.
uint64_t port_instructions(void);

// Sleeps until a byte comes or the time has passed; may return early.
void port_idle(uint32_t milliseconds);

#define PORT_WATCHDOG_MS 10000u  // bootloader and app: longer than the slowest step between two feeds

// Resets the chip unless it is fed again within the time of the last start; survives a launch. 0 turns it off.
void port_watchdog_start(uint32_t milliseconds);
void port_watchdog_feed(void);

// -- power.c -------------------------------------------------------------------------------------------------------

extern const char port_name[];  // "virt", "host", "esp32c3"

void port_start(void);  // first call of bootloader and app: brings up all of this page
_Noreturn void port_reset(void);

// -- launch.c: bootloader only -------------------------------------------------------------------------------------

// RAM where the image is linked to run, TM_LIMIT_IMAGE_BYTES long. Nothing else lives there before the launch.
uint8_t *port_image_ram(void);

// Runs what stands in the image RAM, with a copy of info where the bootloader's memory is.
_Noreturn void port_launch(const tm_boot_info *info);

// -- sense.c -------------------------------------------------------------------------------------------------------

bool port_present(void);         // a person is at the unit now (a button, or the port's substitute)
bool port_safe_to_reboot(void);  // false while a reboot could harm (the vehicle moves)

#endif
