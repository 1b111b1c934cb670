// SPDX-License-Identifier: Apache-2.0
// What the mask ROM offers, at the addresses of its jump table, which every revision of the chip keeps. Its flash
// functions and variables live in the last 14 KiB of SRAM: nothing of ours is linked there.
#ifndef TM_ESP32C3_ROM_H
#define TM_ESP32C3_ROM_H

#include <stdint.h>

typedef int (*rom_flash_configure)(uint32_t id, uint32_t size, uint32_t block, uint32_t sector, uint32_t page, uint32_t status);
typedef int (*rom_flash_unlock)(void);
typedef int (*rom_flash_status)(uint32_t chip, uint32_t *status);
typedef int (*rom_flash_erase)(uint32_t sector);
typedef int (*rom_flash_write)(uint32_t off, const uint32_t *from, uint32_t len);  // off, from and len in words
typedef int (*rom_flash_read)(uint32_t off, uint32_t *to, uint32_t len);
typedef void (*rom_cpu_frequency)(uint32_t mhz);
typedef void (*rom_reed_solomon)(const void *data, void *check);  // 32 bytes to 12
typedef void (*rom_analog_write)(uint8_t block, uint8_t host, uint8_t reg, uint8_t msb, uint8_t lsb, uint8_t value);

#define ROM_CALL(type, address) ((type)(uintptr_t)(address))
#define rom_flash_configure ROM_CALL(rom_flash_configure, 0x40000134u)
#define rom_flash_unlock ROM_CALL(rom_flash_unlock, 0x40000140u)
#define rom_flash_erase ROM_CALL(rom_flash_erase, 0x40000128u)
#define rom_flash_write ROM_CALL(rom_flash_write, 0x4000012cu)
#define rom_flash_read ROM_CALL(rom_flash_read, 0x40000130u)
#define rom_flash_status ROM_CALL(rom_flash_status, 0x40000158u)
#define rom_cpu_frequency ROM_CALL(rom_cpu_frequency, 0x40000588u)
#define rom_reed_solomon ROM_CALL(rom_reed_solomon, 0x400006f0u)
#define rom_analog_write ROM_CALL(rom_analog_write, 0x40001960u)

#define ROM_FLASH_CHIP 0x3fcdfff0u  // points at the flash's description, whose first word is its JEDEC id

#endif
