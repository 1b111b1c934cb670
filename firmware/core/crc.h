// SPDX-License-Identifier: Apache-2.0
// Checksums against accidents, never against an adversary.
#ifndef TM_CRC_H
#define TM_CRC_H

#include <stddef.h>
#include <stdint.h>

// CRC-16/XMODEM (polynomial 0x1021, initial value 0, not reflected): the SMP console's. Pass 0, then the last result.
uint16_t tm_crc16(uint16_t crc, const void *data, size_t len);

// CRC-32/ISO-HDLC (reflected 0xEDB88320, inverted before and after): the flash cells'. Pass 0, then the last result.
uint32_t tm_crc32(uint32_t crc, const void *data, size_t len);

#endif
