// SPDX-License-Identifier: Apache-2.0
// The device key: born once from tested noise, wrapped by the chip's key at once, unwrapped only to sign.
#ifndef TM_DEVICE_KEY_H
#define TM_DEVICE_KEY_H

#include "identity_cell.h"

// Gives the chip a key of its own where it has none. ENTROPY_FAILED, ONE_TIME_MEMORY.
tm_error tm_chip_key_ensure(void);

// A new key for this chip, in RAM only: identity has no certificates yet. ENTROPY_FAILED, CHIP_KEY_ABSENT.
tm_error tm_device_key_birth(tm_identity *identity);

// Signs with added entropy and checks the result. IDENTITY_FOREIGN, ENTROPY_FAILED.
tm_error tm_device_key_sign(const tm_identity *identity, const uint8_t digest[32], uint8_t signature[64]);

// The same with Ethereum's v (27 or 28) behind it.
tm_error tm_device_key_sign_recoverable(const tm_identity *identity, const uint8_t digest[32], uint8_t signature[65]);

#endif
