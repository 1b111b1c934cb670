// SPDX-License-Identifier: Apache-2.0
// Small steps over the port's flash that every writer needs.
#ifndef TM_FLASH_H
#define TM_FLASH_H

#include "flash_map.h"
#include "source.h"

#define TM_FLASH_PROGRAM_MAX 64u  // bytes in a program unit, of the ports we know

// Erases whole blocks until len bytes from the region's start are erased, whatever stood there: contents after a cut
// erase are never trusted, also where they read as blank.
tm_error tm_flash_erase(tm_region region, uint32_t len);

// Programs from a program unit on; the last unit is filled with 0xff, which leaves its other bytes as they are.
tm_error tm_flash_write(uint32_t off, const void *from, size_t len);

// The bytes [off, off + len) of the flash.
tm_source tm_flash_source(uint32_t off, uint32_t len);

#endif
