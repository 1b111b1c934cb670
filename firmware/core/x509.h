// SPDX-License-Identifier: Apache-2.0
// X.509 certificates in the one profile of protocol/certificates.md: v3, secp256k1, ecdsa-with-SHA256, known
// extensions only where critical.
#ifndef TM_X509_H
#define TM_X509_H

#include "bytes.h"
#include "error.h"

#define TM_X509_NO_PATH_LENGTH 0xffu

// KeyUsage as tm_der_bit_names gives it.
enum {
    TM_X509_DIGITAL_SIGNATURE = 0x8000,
    TM_X509_KEY_CERT_SIGN = 0x0400,
    TM_X509_CRL_SIGN = 0x0200,
};

// Views point into the DER that was parsed.
typedef struct {
    tm_bytes tbs;      // what is signed
    tm_bytes serial;   // magnitude
    tm_bytes issuer;   // Name, whole element
    tm_bytes subject;  // Name, whole element
    tm_bytes subject_serial_number;  // serialNumber attribute of the subject; empty if absent
    uint64_t not_before;             // unix seconds
    uint64_t not_after;              // unix seconds, 253402300799 = no expiry
    uint8_t public_key[33];          // compressed
    uint8_t signature[64];           // r, s; low-S
    bool is_ca;
    uint8_t path_length;  // TM_X509_NO_PATH_LENGTH if absent
    uint16_t key_usage;
    bool eku_ota;  // extendedKeyUsage is exactly the OTA purpose, critical
    bool has_address;
    uint8_t address[20];  // from the SAN's URI
    bool has_manufacturer;
    uint64_t manufacturer_id;
    uint64_t chain_id;
    tm_bytes subject_key_id;    // empty if absent
    tm_bytes authority_key_id;  // empty if absent
} tm_certificate;

// Form and profile; no signature is checked.
tm_error tm_x509_parse(tm_bytes der, tm_certificate *certificate);

// One signature check with the issuer's compressed public key. CERT_SIGNATURE if it does not hold.
tm_error tm_x509_verify_signed_by(const tm_certificate *certificate, const uint8_t issuer_key[33]);

// Roles: which extensions each certificate of our hierarchy has to carry.
tm_error tm_x509_check_root(const tm_certificate *certificate);
tm_error tm_x509_check_line(const tm_certificate *certificate);
tm_error tm_x509_check_device(const tm_certificate *certificate);
tm_error tm_x509_check_ota(const tm_certificate *certificate);

// Names and key ids (CERT_ISSUER), ManufacturerID and chain id (CERT_MANUFACTURER) agree. No signature is checked.
tm_error tm_x509_check_issued_by(const tm_certificate *child, const tm_certificate *parent);

// CERT_NOT_IN_FORCE unless not_before <= seconds <= not_after.
tm_error tm_x509_check_time(const tm_certificate *certificate, uint64_t seconds);

#endif
