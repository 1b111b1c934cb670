// SPDX-License-Identifier: Apache-2.0
// What the files of this port need of each other.
#ifndef TM_VIRT_H
#define TM_VIRT_H

#include "bytes.h"
#include "error.h"

void virt_console_start(void);
bool virt_console_waiting(void);
void virt_clock_start(void);
void virt_entropy_start(void);

// Reads and programs one of the two flash banks; the checks of port_flash_program are the callers'.
void virt_bank_read(uint32_t address, void *to, size_t len);
tm_error virt_bank_program(uint32_t address, const uint8_t *from, size_t len);
tm_error virt_bank_erase(uint32_t address);

// Where the first virtio device of this kind stands; 0: there is none.
uint32_t virt_virtio_find(uint32_t id);

#endif
