// SPDX-License-Identifier: Apache-2.0
// Where everything stands in flash (protocol/flash.md). Each port fills it from its generated list of regions.
#ifndef TM_FLASH_MAP_H
#define TM_FLASH_MAP_H

#include <stdint.h>

#define TM_SLOTS 2u  // 0 A, 1 B

typedef struct {
    uint32_t off;   // bytes from the start of the flash, at an erase block
    uint32_t size;  // bytes, whole erase blocks
} tm_region;

typedef struct {
    tm_region bootloader;
    tm_region boot_record0, boot_record1;
    tm_region identity0, identity1;
    tm_region moving0, moving1;
    tm_region staging;
    tm_region slot_a_head, slot_a_image;
    tm_region slot_b_head, slot_b_image;
    tm_region progress;
} tm_flash_map;

// Initializer from the generated regions of a port: VIRT, HOST, ESP32C3.
#define TM_FLASH_MAP(port)                                                                                  \
    {                                                                                                       \
        .bootloader = TM_FLASH_##port##_BOOTLOADER, .boot_record0 = TM_FLASH_##port##_BOOT_RECORD0,         \
        .boot_record1 = TM_FLASH_##port##_BOOT_RECORD1, .identity0 = TM_FLASH_##port##_IDENTITY0,           \
        .identity1 = TM_FLASH_##port##_IDENTITY1, .moving0 = TM_FLASH_##port##_MOVING0,                     \
        .moving1 = TM_FLASH_##port##_MOVING1, .staging = TM_FLASH_##port##_STAGING,                         \
        .slot_a_head = TM_FLASH_##port##_SLOT_A_HEAD, .slot_a_image = TM_FLASH_##port##_SLOT_A_IMAGE,       \
        .slot_b_head = TM_FLASH_##port##_SLOT_B_HEAD, .slot_b_image = TM_FLASH_##port##_SLOT_B_IMAGE,       \
        .progress = TM_FLASH_##port##_PROGRESS,                                                             \
    }

static inline tm_region tm_slot_head_region(const tm_flash_map *map, uint32_t slot) {
    return slot == 0 ? map->slot_a_head : map->slot_b_head;
}

static inline tm_region tm_slot_image_region(const tm_flash_map *map, uint32_t slot) {
    return slot == 0 ? map->slot_a_image : map->slot_b_image;
}

#endif
