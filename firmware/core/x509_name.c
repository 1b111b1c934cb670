// SPDX-License-Identifier: Apache-2.0
#include "x509_name.h"

#include "der.h"
#include "utf8.h"

#define VALUE_MAX 64u  // bytes (RFC 5280 appendix A.1)

static const uint8_t ORGANIZATION[] = TM_OID_ORGANIZATION_NAME;
static const uint8_t COMMON_NAME[] = TM_OID_COMMON_NAME;
static const uint8_t SERIAL_NUMBER[] = TM_OID_SERIAL_NUMBER;

typedef struct {
    tm_bytes type;
    tm_bytes value;
} attribute;

static bool is_type(const attribute *a, const uint8_t *oid, size_t len) {
    return tm_bytes_equal(a->type, tm_bytes_of(oid, len));
}

static bool is_printable(tm_bytes text) {
    static const char OTHERS[] = " '()+,-./:=?";
    for (size_t i = 0; i < text.len; i++) {
        const uint8_t c = text.ptr[i];
        bool found = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        for (size_t n = 0; !found && n < sizeof OTHERS - 1; n++) found = c == (uint8_t)OTHERS[n];
        if (!found) return false;
    }
    return true;
}

static tm_error read_value(tm_bytes *rest, attribute *a) {
    const bool printable = is_type(a, SERIAL_NUMBER, sizeof SERIAL_NUMBER);
    const uint8_t tag = printable ? TM_DER_PRINTABLE_STRING : TM_DER_UTF8_STRING;
    if (tm_der_tag(*rest) != tag) return TM_ERROR_CERT_PROFILE;
    TM_TRY(tm_der_next(rest, tag, &a->value));
    if (printable ? !is_printable(a->value) : !tm_utf8_valid(a->value)) return TM_ERROR_DER_MALFORMED;
    return a->value.len >= 1 && a->value.len <= VALUE_MAX ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error read_rdn(tm_bytes *rest, attribute *a) {
    tm_bytes rdn, pair;
    if (rest->len == 0) return TM_ERROR_CERT_PROFILE;
    TM_TRY(tm_der_next(rest, TM_DER_SET, &rdn));
    TM_TRY(tm_der_next(&rdn, TM_DER_SEQUENCE, &pair));
    TM_TRY(tm_der_oid(&pair, &a->type));
    TM_TRY(read_value(&pair, a));
    TM_TRY(tm_der_end(pair));
    return tm_der_end(rdn);
}

tm_error tm_x509_name_read(tm_bytes *rest, tm_x509_name *name) {
    attribute first, second;
    tm_bytes rdns;
    *name = (tm_x509_name){0};
    TM_TRY(tm_der_element(rest, TM_DER_SEQUENCE, &name->encoded));
    TM_TRY(tm_der_only(name->encoded, TM_DER_SEQUENCE, &rdns));
    TM_TRY(read_rdn(&rdns, &first));
    TM_TRY(read_rdn(&rdns, &second));
    if (rdns.len != 0 || !is_type(&first, ORGANIZATION, sizeof ORGANIZATION)) return TM_ERROR_CERT_PROFILE;
    name->organization = first.value;
    if (is_type(&second, COMMON_NAME, sizeof COMMON_NAME)) {
        name->common_name = second.value;
    } else if (is_type(&second, SERIAL_NUMBER, sizeof SERIAL_NUMBER)) {
        name->serial_number = second.value;
    } else {
        return TM_ERROR_CERT_PROFILE;
    }
    return TM_OK;
}
