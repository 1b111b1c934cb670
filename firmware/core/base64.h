// SPDX-License-Identifier: Apache-2.0
// Base64 (RFC 4648 section 4), one group at a time.
#ifndef TM_BASE64_H
#define TM_BASE64_H

#include <stddef.h>
#include <stdint.h>

// 1 to 3 bytes to 4 characters, padded.
void tm_base64_encode(const uint8_t *bytes, size_t len, char group[4]);

// 4 characters to 1 to 3 bytes, whose count it returns; 0 for anything but the one canonical form.
size_t tm_base64_decode(const char group[4], uint8_t bytes[3]);

#endif
