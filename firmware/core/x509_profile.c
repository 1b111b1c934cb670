// SPDX-License-Identifier: Apache-2.0
// What each column of protocol/certificates.md asks for beyond form, and how one certificate stands under another.
#include "ecdsa.h"
#include "x509.h"

typedef struct {
    bool is_ca;
    bool is_ota;
    uint8_t path_length;
    uint16_t key_usage;
    uint8_t required;   // extensions
    uint8_t allowed;    // extensions
    bool names_device;  // subject O, serialNumber, a hardware model and an address
} column;

#define EVERY (TM_X509_KEY_USAGE | TM_X509_MANUFACTURER | TM_X509_SUBJECT_KEY_ID)
#define LEAF (EVERY | TM_X509_AUTHORITY_KEY_ID)

static const column ROOT = {
    .is_ca = true,
    .path_length = 1,
    .key_usage = TM_X509_KEY_CERT_SIGN | TM_X509_CRL_SIGN,
    .required = EVERY | TM_X509_BASIC_CONSTRAINTS,
    .allowed = EVERY | TM_X509_BASIC_CONSTRAINTS | TM_X509_AUTHORITY_KEY_ID,
};

static const column LINE = {
    .is_ca = true,
    .path_length = 0,
    .key_usage = TM_X509_KEY_CERT_SIGN,
    .required = LEAF | TM_X509_BASIC_CONSTRAINTS,
    .allowed = LEAF | TM_X509_BASIC_CONSTRAINTS,
};

static const column DEVICE = {
    .path_length = TM_X509_NO_PATH_LENGTH,
    .key_usage = TM_X509_DIGITAL_SIGNATURE,
    .required = LEAF | TM_X509_SUBJECT_ALT_NAME,
    .allowed = LEAF | TM_X509_SUBJECT_ALT_NAME | TM_X509_BASIC_CONSTRAINTS,
    .names_device = true,
};

static const column OTA = {
    .is_ota = true,
    .path_length = TM_X509_NO_PATH_LENGTH,
    .key_usage = TM_X509_DIGITAL_SIGNATURE,
    .required = LEAF | TM_X509_EXTENDED_KEY_USAGE,
    .allowed = LEAF | TM_X509_EXTENDED_KEY_USAGE | TM_X509_BASIC_CONSTRAINTS,
};

static tm_error check_names(const tm_certificate *c, const column *rules) {
    const bool names_device = c->subject.serial_number.len > 0;
    return names_device == rules->names_device && c->issuer.common_name.len > 0 ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error check_usage(const tm_certificate *c, const column *rules) {
    const bool has_purpose = (c->extensions & TM_X509_EXTENDED_KEY_USAGE) != 0;
    if (c->is_ca != rules->is_ca) return TM_ERROR_CERT_USAGE;
    if (c->path_length != rules->path_length) return TM_ERROR_CERT_PATH_LENGTH;
    if ((c->extensions & TM_X509_KEY_USAGE) == 0) return TM_ERROR_CERT_PROFILE;
    if (c->key_usage != rules->key_usage || c->is_ota != rules->is_ota || has_purpose != rules->is_ota)
        return TM_ERROR_CERT_USAGE;
    return TM_OK;
}

static tm_error check_extensions(const tm_certificate *c, const column *rules) {
    const bool complete = (c->extensions & rules->required) == rules->required;
    const bool nothing_else = (c->extensions & (uint8_t)~rules->allowed) == 0;
    const bool has_model = c->hardware_model.len > 0;
    return complete && nothing_else && has_model == rules->names_device ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error check_address(const tm_certificate *c) {
    uint8_t address[20];
    TM_TRY(tm_address(c->public_key, address));
    const bool own = tm_equal(address, c->address, sizeof address) && c->address_chain_id == c->chain_id;
    return own ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error check_column(const tm_certificate *c, const column *rules) {
    TM_TRY(check_names(c, rules));
    TM_TRY(check_usage(c, rules));
    TM_TRY(check_extensions(c, rules));
    return rules->names_device ? check_address(c) : TM_OK;
}

tm_error tm_x509_check_root(const tm_certificate *certificate) {
    return check_column(certificate, &ROOT);
}

tm_error tm_x509_check_line(const tm_certificate *certificate) {
    return check_column(certificate, &LINE);
}

tm_error tm_x509_check_device(const tm_certificate *certificate) {
    return check_column(certificate, &DEVICE);
}

tm_error tm_x509_check_ota(const tm_certificate *certificate) {
    return check_column(certificate, &OTA);
}

tm_error tm_x509_check_issued_by(const tm_certificate *child, const tm_certificate *parent) {
    const bool has_authority = (child->extensions & TM_X509_AUTHORITY_KEY_ID) != 0;
    if (!tm_bytes_equal(child->issuer.encoded, parent->subject.encoded)) return TM_ERROR_CERT_ISSUER;
    if (has_authority && !tm_bytes_equal(child->authority_key_id, parent->subject_key_id)) return TM_ERROR_CERT_ISSUER;
    const bool same = child->chain_id == parent->chain_id && child->manufacturer_id == parent->manufacturer_id;
    return same ? TM_OK : TM_ERROR_CERT_MANUFACTURER;
}

tm_error tm_x509_check_time(const tm_certificate *certificate, uint64_t seconds) {
    if (seconds > INT64_MAX) return TM_ERROR_CERT_NOT_IN_FORCE;
    const int64_t at = (int64_t)seconds;
    return certificate->not_before <= at && at <= certificate->not_after ? TM_OK : TM_ERROR_CERT_NOT_IN_FORCE;
}
