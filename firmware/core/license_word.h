// SPDX-License-Identifier: Apache-2.0
// license[id] (protocol/words.md): whether a manufacturer's license is in force, and for which releases.
#ifndef TM_LICENSE_WORD_H
#define TM_LICENSE_WORD_H

#include "bytes.h"
#include "error.h"

typedef struct {
    uint8_t status;  // TM_WORD_LICENSE_STATUS_..., or one that this firmware does not know
    uint32_t min_security_version;
    uint64_t expiry;  // unix seconds; 0: expired
    uint8_t ota_signer[20];
} tm_license_word;

// Where it stands in the board's storage.
void tm_license_slot(uint64_t manufacturer_id, uint8_t slot[32]);

// WORD_MALFORMED for another layout.
tm_error tm_license_word_decode(const uint8_t word[32], tm_license_word *license);

// Active or sunset, and not expired at this time. LICENSE_SUSPENDED, LICENSE_REVOKED, LICENSE_STATUS_UNKNOWN,
// LICENSE_EXPIRED.
tm_error tm_license_in_force(const tm_license_word *license, uint64_t seconds);

// LICENSE_SIGNER unless the key's address is the license's OTA signer; LICENSE_MIN_SECURITY_VERSION.
tm_error tm_license_permits(const tm_license_word *license, const uint8_t signer_key[33], uint32_t security_version);

// Under a sunset license only what is above the unit's rollback counter installs. LICENSE_SUNSET.
tm_error tm_license_permits_install(const tm_license_word *license, uint32_t security_version, uint32_t rollback);

#endif
