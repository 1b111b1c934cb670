// SPDX-License-Identifier: Apache-2.0
#include "x509_extensions.h"

#include "der.h"
#include "ethereum_uri.h"
#include "utf8.h"

#define EXTENSIONS_MAX 16u
#define PURPOSES_MAX 8u

static tm_error read_basic_constraints(tm_bytes value, tm_certificate *out) {
    tm_bytes fields;
    uint64_t path_length;
    TM_TRY(tm_der_only(value, TM_DER_SEQUENCE, &fields));
    if (tm_der_tag(fields) == TM_DER_BOOLEAN) {
        TM_TRY(tm_der_boolean(&fields, &out->is_ca));
        if (!out->is_ca) return TM_ERROR_DER_MALFORMED;  // a DEFAULT written out
    }
    if (fields.len == 0) return TM_OK;
    TM_TRY(tm_der_uint(&fields, &path_length));
    TM_TRY(tm_der_end(fields));
    if (!out->is_ca) return TM_ERROR_CERT_PROFILE;
    // Longer than any path of ours is all that its reader needs to know.
    out->path_length = path_length < TM_X509_NO_PATH_LENGTH ? (uint8_t)path_length : TM_X509_NO_PATH_LENGTH - 1;
    return TM_OK;
}

static tm_error read_key_usage(tm_bytes value, tm_certificate *out) {
    TM_TRY(tm_der_bit_names(&value, &out->key_usage));
    return tm_der_end(value);
}

static tm_error read_extended_key_usage(tm_bytes value, tm_certificate *out) {
    static const uint8_t OTA[] = TM_OID_TOUCHMARK_OTA_PURPOSE;
    tm_bytes purposes, purpose;
    uint32_t count = 0;
    TM_TRY(tm_der_only(value, TM_DER_SEQUENCE, &purposes));
    if (purposes.len == 0) return TM_ERROR_DER_MALFORMED;
    for (; purposes.len > 0; count++) {
        if (count == PURPOSES_MAX) return TM_ERROR_DER_MALFORMED;
        TM_TRY(tm_der_oid(&purposes, &purpose));
    }
    out->is_ota = count == 1 && tm_bytes_equal(purpose, tm_bytes_of(OTA, sizeof OTA));
    return TM_OK;
}

static tm_error read_manufacturer(tm_bytes value, tm_certificate *out) {
    tm_bytes fields;
    TM_TRY(tm_der_only(value, TM_DER_SEQUENCE, &fields));
    TM_TRY(tm_der_uint(&fields, &out->chain_id));
    TM_TRY(tm_der_uint(&fields, &out->manufacturer_id));
    if (out->chain_id == 0 || out->manufacturer_id == 0) return TM_ERROR_CERT_PROFILE;
    if (fields.len == 0) return TM_OK;
    TM_TRY(tm_der_next(&fields, TM_DER_UTF8_STRING, &out->hardware_model));
    TM_TRY(tm_der_end(fields));
    if (!tm_utf8_valid(out->hardware_model)) return TM_ERROR_DER_MALFORMED;
    const size_t len = out->hardware_model.len;
    return len >= 1 && len <= TM_LIMIT_HARDWARE_MODEL_BYTES ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error read_subject_alt_name(tm_bytes value, tm_certificate *out) {
    const uint8_t uri_tag = TM_DER_CONTEXT | 6;
    tm_bytes names, uri;
    TM_TRY(tm_der_only(value, TM_DER_SEQUENCE, &names));
    if (tm_der_tag(names) != uri_tag) return TM_ERROR_CERT_PROFILE;
    TM_TRY(tm_der_next(&names, uri_tag, &uri));
    if (names.len != 0) return TM_ERROR_CERT_PROFILE;
    return tm_ethereum_uri_read(uri, out->address, &out->address_chain_id) ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error check_key_id(tm_bytes id) {
    return id.len == TM_X509_KEY_ID_SIZE ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error read_subject_key_id(tm_bytes value, tm_certificate *out) {
    TM_TRY(tm_der_only(value, TM_DER_OCTET_STRING, &out->subject_key_id));
    return check_key_id(out->subject_key_id);
}

static tm_error read_authority_key_id(tm_bytes value, tm_certificate *out) {
    tm_bytes fields;
    TM_TRY(tm_der_only(value, TM_DER_SEQUENCE, &fields));
    TM_TRY(tm_der_next(&fields, TM_DER_CONTEXT | 0, &out->authority_key_id));
    TM_TRY(tm_der_end(fields));
    return check_key_id(out->authority_key_id);
}

typedef struct {
    uint8_t bit;
    bool critical;
    uint8_t oid_len;
    uint8_t oid[21];
    tm_error (*read)(tm_bytes value, tm_certificate *out);
} kind;

#define KIND_OID(oid) sizeof((const uint8_t[])oid), oid

static const kind KINDS[] = {
    {TM_X509_BASIC_CONSTRAINTS, true, KIND_OID(TM_OID_BASIC_CONSTRAINTS), read_basic_constraints},
    {TM_X509_KEY_USAGE, true, KIND_OID(TM_OID_KEY_USAGE), read_key_usage},
    {TM_X509_EXTENDED_KEY_USAGE, true, KIND_OID(TM_OID_EXTENDED_KEY_USAGE), read_extended_key_usage},
    {TM_X509_MANUFACTURER, false, KIND_OID(TM_OID_TOUCHMARK_MANUFACTURER), read_manufacturer},
    {TM_X509_SUBJECT_ALT_NAME, false, KIND_OID(TM_OID_SUBJECT_ALT_NAME), read_subject_alt_name},
    {TM_X509_SUBJECT_KEY_ID, false, KIND_OID(TM_OID_SUBJECT_KEY_IDENTIFIER), read_subject_key_id},
    {TM_X509_AUTHORITY_KEY_ID, false, KIND_OID(TM_OID_AUTHORITY_KEY_IDENTIFIER), read_authority_key_id},
};

typedef struct {
    tm_bytes oid;
    bool critical;
    tm_bytes value;
} extension;

static tm_error next_extension(tm_bytes *list, extension *e) {
    tm_bytes fields;
    TM_TRY(tm_der_next(list, TM_DER_SEQUENCE, &fields));
    TM_TRY(tm_der_oid(&fields, &e->oid));
    e->critical = tm_der_tag(fields) == TM_DER_BOOLEAN;
    if (e->critical) {
        TM_TRY(tm_der_boolean(&fields, &e->critical));
        if (!e->critical) return TM_ERROR_DER_MALFORMED;  // a DEFAULT written out
    }
    TM_TRY(tm_der_next(&fields, TM_DER_OCTET_STRING, &e->value));
    return tm_der_end(fields);
}

// Form of the whole list, at most EXTENSIONS_MAX long, none twice.
static tm_error check_list(tm_bytes list) {
    tm_bytes seen[EXTENSIONS_MAX];
    uint32_t count = 0;
    if (list.len == 0) return TM_ERROR_DER_MALFORMED;
    for (; list.len > 0; count++) {
        extension e;
        TM_TRY(next_extension(&list, &e));
        if (count == EXTENSIONS_MAX) return TM_ERROR_CERT_PROFILE;
        for (uint32_t i = 0; i < count; i++) {
            if (tm_bytes_equal(seen[i], e.oid)) return TM_ERROR_CERT_PROFILE;
        }
        seen[count] = e.oid;
    }
    return TM_OK;
}

static const kind *kind_of(const extension *e) {
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        if (tm_bytes_equal(e->oid, tm_bytes_of(KINDS[i].oid, KINDS[i].oid_len))) return &KINDS[i];
    }
    return NULL;
}

static bool is_under(tm_bytes oid, const uint8_t *arc, size_t len) {
    return oid.len > len && tm_equal(oid.ptr, arc, len);
}

// id-ce and id-pe: an extension there that we do not know means something to other verifiers.
static tm_error refuse_unknown(const extension *e) {
    static const uint8_t ID_CE[] = {0x55, 0x1d};
    static const uint8_t ID_PE[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01};
    if (e->critical) return TM_ERROR_CERT_CRITICAL_EXTENSION;
    const bool pkix = is_under(e->oid, ID_CE, sizeof ID_CE) || is_under(e->oid, ID_PE, sizeof ID_PE);
    return pkix ? TM_ERROR_CERT_PROFILE : TM_OK;
}

tm_error tm_x509_extensions_read(tm_bytes list, tm_certificate *certificate) {
    TM_TRY(check_list(list));
    certificate->path_length = TM_X509_NO_PATH_LENGTH;
    while (list.len > 0) {
        extension e;
        TM_TRY(next_extension(&list, &e));
        const kind *known = kind_of(&e);
        if (known == NULL) {
            TM_TRY(refuse_unknown(&e));
            continue;
        }
        if (e.critical != known->critical) return TM_ERROR_CERT_PROFILE;
        TM_TRY(known->read(e.value, certificate));
        certificate->extensions |= known->bit;
    }
    return TM_OK;
}
