// SPDX-License-Identifier: Apache-2.0
// Intel command set (CFI 1) of the two banks: each is a pair of x16 chips on a 32-bit bus, so that every command and
// status stands there twice.
#include "registers.h"
#include "virt.h"

#define TWICE(value) ((value) << 16 | (value))
#define READ_ARRAY TWICE(0xffu)
#define CLEAR_STATUS TWICE(0x50u)
#define BLOCK_ERASE TWICE(0x20u)
#define BUFFERED_PROGRAM TWICE(0xe8u)
#define CONFIRM TWICE(0xd0u)
#define READY TWICE(0x80u)
#define FAILED TWICE(0x7fu)  // any status bit but ready

#define BUFFER_BYTES 2048u  // a program command stays inside one buffer-sized block

static tm_error finish(uint32_t address) {
    uint32_t status;
    do {
        status = *virt_word(address);
    } while ((status & READY) != READY);
    *virt_word(address) = CLEAR_STATUS;
    *virt_word(address) = READ_ARRAY;
    return (status & FAILED) == 0 ? TM_OK : TM_ERROR_FLASH_WRITE;
}

void virt_bank_read(uint32_t address, void *to, size_t len) {
    uint8_t *bytes = to;
    for (size_t i = 0; i < len; i++) bytes[i] = *virt_byte(address + (uint32_t)i);
}

static tm_error program_buffer(uint32_t address, const uint8_t *from, uint32_t len) {
    *virt_word(address) = BUFFERED_PROGRAM;
    *virt_word(address) = TWICE(len / 4u - 1u);
    for (uint32_t i = 0; i < len; i += 4u) *virt_word(address + i) = tm_load32_le(from + i);
    *virt_word(address) = CONFIRM;
    return finish(address);
}

tm_error virt_bank_program(uint32_t address, const uint8_t *from, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if ((from[i] & ~*virt_byte(address + (uint32_t)i)) != 0) return TM_ERROR_FLASH_WRITE;
    }
    for (uint32_t done = 0; done < len;) {
        uint32_t part = BUFFER_BYTES - (address + done) % BUFFER_BYTES;
        if (part > len - done) part = (uint32_t)len - done;
        TM_TRY(program_buffer(address + done, from + done, part));
        done += part;
    }
    for (size_t i = 0; i < len; i++) {
        if (*virt_byte(address + (uint32_t)i) != from[i]) return TM_ERROR_FLASH_WRITE;
    }
    return TM_OK;
}

tm_error virt_bank_erase(uint32_t address) {
    *virt_word(address) = BLOCK_ERASE;
    *virt_word(address) = CONFIRM;
    TM_TRY(finish(address));
    for (uint32_t i = 0; i < TM_FLASH_VIRT_ERASE_BYTES; i += 4u) {
        if (*virt_word(address + i) != UINT32_MAX) return TM_ERROR_FLASH_WRITE;
    }
    return TM_OK;
}
