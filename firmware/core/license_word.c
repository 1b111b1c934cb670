// SPDX-License-Identifier: Apache-2.0
#include "license_word.h"

#include <string.h>

#include "ecdsa.h"
#include "storage_word.h"

#define FIELD(word, NAME) ((word) + TM_WORD_LICENSE_##NAME##_OFFSET)

void tm_license_slot(uint64_t manufacturer_id, uint8_t slot[32]) {
    static const uint8_t base[32] = TM_SLOT_BASE_LICENSE;
    tm_storage_slot_of_id(manufacturer_id, base, slot);
}

tm_error tm_license_word_decode(const uint8_t word[32], tm_license_word *license) {
    if (*FIELD(word, LAYOUT) != TM_WORD_LAYOUT) return TM_ERROR_WORD_MALFORMED;
    license->status = *FIELD(word, STATUS);
    license->min_security_version = tm_load32_be(FIELD(word, MIN_SECURITY_VERSION));
    license->expiry = tm_load48_be(FIELD(word, EXPIRY));
    memcpy(license->ota_signer, FIELD(word, OTA_SIGNER), sizeof license->ota_signer);
    return TM_OK;
}

tm_error tm_license_in_force(const tm_license_word *license, uint64_t seconds) {
    switch (license->status) {
    case TM_WORD_LICENSE_STATUS_ACTIVE:
    case TM_WORD_LICENSE_STATUS_SUNSET: break;
    case TM_WORD_LICENSE_STATUS_SUSPENDED: return TM_ERROR_LICENSE_SUSPENDED;
    case TM_WORD_LICENSE_STATUS_REVOKED: return TM_ERROR_LICENSE_REVOKED;
    default: return TM_ERROR_LICENSE_STATUS_UNKNOWN;
    }
    return license->expiry > seconds ? TM_OK : TM_ERROR_LICENSE_EXPIRED;
}

tm_error tm_license_permits(const tm_license_word *license, const uint8_t signer_key[33], uint32_t security_version) {
    uint8_t address[20];
    TM_TRY(tm_address(signer_key, address));
    if (!tm_equal(address, license->ota_signer, sizeof address)) return TM_ERROR_LICENSE_SIGNER;
    return security_version >= license->min_security_version ? TM_OK : TM_ERROR_LICENSE_MIN_SECURITY_VERSION;
}

tm_error tm_license_permits_install(const tm_license_word *license, uint32_t security_version, uint32_t rollback) {
    if (license->status != TM_WORD_LICENSE_STATUS_SUNSET) return TM_OK;
    return security_version > rollback ? TM_OK : TM_ERROR_LICENSE_SUNSET;
}
