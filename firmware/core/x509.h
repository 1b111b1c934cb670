// SPDX-License-Identifier: Apache-2.0
// X.509 certificates in the one profile of protocol/certificates.md: v3, secp256k1, ecdsa-with-SHA256. The page says
// which error each deviation has and in which order they are judged: form (tm_x509_parse), column (tm_x509_check_...),
// link (tm_x509_check_issued_by, tm_x509_verify_signed_by), validity.
#ifndef TM_X509_H
#define TM_X509_H

#include "bytes.h"
#include "error.h"

#define TM_X509_NO_PATH_LENGTH 0xffu
#define TM_X509_KEY_ID_SIZE 20u

// KeyUsage as tm_der_bit_names gives it.
enum {
    TM_X509_DIGITAL_SIGNATURE = 0x8000,
    TM_X509_KEY_CERT_SIGN = 0x0400,
    TM_X509_CRL_SIGN = 0x0200,
};

// Extensions that were present.
enum {
    TM_X509_BASIC_CONSTRAINTS = 1 << 0,
    TM_X509_KEY_USAGE = 1 << 1,
    TM_X509_EXTENDED_KEY_USAGE = 1 << 2,
    TM_X509_MANUFACTURER = 1 << 3,
    TM_X509_SUBJECT_ALT_NAME = 1 << 4,
    TM_X509_SUBJECT_KEY_ID = 1 << 5,
    TM_X509_AUTHORITY_KEY_ID = 1 << 6,
};

// Two RDNs of one attribute each: O, then CN or serialNumber.
typedef struct {
    tm_bytes encoded;
    tm_bytes organization;
    tm_bytes common_name;    // empty if the other
    tm_bytes serial_number;  // empty if the other
} tm_x509_name;

// Views point into the DER that was parsed. What an absent extension would give is zero, empty or false.
typedef struct {
    tm_bytes tbs;     // what is signed
    tm_bytes serial;  // 8 to 20 bytes, first below 0x80
    tm_x509_name issuer;
    tm_x509_name subject;
    int64_t not_before;      // unix seconds
    int64_t not_after;       // unix seconds, inclusive
    uint8_t public_key[33];  // compressed
    uint8_t signature[64];   // r, s
    uint8_t extensions;      // TM_X509_BASIC_CONSTRAINTS and so on
    bool is_ca;
    uint8_t path_length;  // TM_X509_NO_PATH_LENGTH if absent
    uint16_t key_usage;
    bool is_ota;  // extendedKeyUsage is the OTA purpose and no other
    uint64_t chain_id;
    uint64_t manufacturer_id;
    tm_bytes hardware_model;
    uint8_t address[20];        // from the SAN
    uint64_t address_chain_id;  // from the SAN
    tm_bytes subject_key_id;    // TM_X509_KEY_ID_SIZE bytes
    tm_bytes authority_key_id;  // TM_X509_KEY_ID_SIZE bytes
} tm_certificate;

// Form. No signature is checked.
tm_error tm_x509_parse(tm_bytes der, tm_certificate *certificate);

// The profile's columns: usage (CERT_USAGE, CERT_PATH_LENGTH) and what has to be there and what not (CERT_PROFILE).
tm_error tm_x509_check_root(const tm_certificate *certificate);
tm_error tm_x509_check_line(const tm_certificate *certificate);
tm_error tm_x509_check_device(const tm_certificate *certificate);
tm_error tm_x509_check_ota(const tm_certificate *certificate);

// Names and key ids (CERT_ISSUER), ManufacturerID and chain id (CERT_MANUFACTURER). No signature is checked.
tm_error tm_x509_check_issued_by(const tm_certificate *child, const tm_certificate *parent);

// One signature check with the issuer's compressed public key: CERT_SIGNATURE, SIGNATURE_RANGE, SIGNATURE_HIGH_S.
tm_error tm_x509_verify_signed_by(const tm_certificate *certificate, const uint8_t issuer_key[33]);

// CERT_NOT_IN_FORCE unless not_before <= seconds <= not_after; seconds is unix time.
tm_error tm_x509_check_time(const tm_certificate *certificate, uint64_t seconds);

#endif
