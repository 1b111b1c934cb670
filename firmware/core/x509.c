// SPDX-License-Identifier: Apache-2.0
#include "x509.h"

#include "der.h"
#include "der_time.h"
#include "ecdsa.h"
#include "sha256.h"
#include "x509_extensions.h"
#include "x509_name.h"

#define VERSION_3 2u
#define SERIAL_MIN 8u   // bytes
#define SERIAL_MAX 20u  // bytes (RFC 5280 section 4.1.2.2)
#define UNCOMPRESSED_POINT 65u

// AlgorithmIdentifier: parameters absent (RFC 5758 section 3.2).
static tm_error read_signature_algorithm(tm_bytes *rest) {
    static const uint8_t ECDSA_WITH_SHA256[] = TM_OID_ECDSA_WITH_SHA256;
    tm_bytes whole, fields, oid;
    TM_TRY(tm_der_element(rest, TM_DER_SEQUENCE, &whole));
    TM_TRY(tm_der_only(whole, TM_DER_SEQUENCE, &fields));
    const bool ours = tm_der_oid(&fields, &oid) == TM_OK && fields.len == 0 &&
                      tm_bytes_equal(oid, tm_bytes_of(ECDSA_WITH_SHA256, sizeof ECDSA_WITH_SHA256));
    return ours ? TM_OK : TM_ERROR_CERT_ALGORITHM;
}

static bool is_key_algorithm(tm_bytes fields) {
    static const uint8_t EC_PUBLIC_KEY[] = TM_OID_EC_PUBLIC_KEY;
    static const uint8_t SECP256K1[] = TM_OID_SECP256K1;
    tm_bytes algorithm, curve;
    return tm_der_oid(&fields, &algorithm) == TM_OK && tm_der_oid(&fields, &curve) == TM_OK && fields.len == 0 &&
           tm_bytes_equal(algorithm, tm_bytes_of(EC_PUBLIC_KEY, sizeof EC_PUBLIC_KEY)) &&
           tm_bytes_equal(curve, tm_bytes_of(SECP256K1, sizeof SECP256K1));
}

// SubjectPublicKeyInfo: a named curve, an uncompressed point (RFC 5480).
static tm_error read_public_key(tm_bytes *rest, uint8_t public_key[33]) {
    tm_bytes info, algorithm, point;
    TM_TRY(tm_der_next(rest, TM_DER_SEQUENCE, &info));
    TM_TRY(tm_der_next(&info, TM_DER_SEQUENCE, &algorithm));
    if (!is_key_algorithm(algorithm)) return TM_ERROR_CERT_ALGORITHM;
    TM_TRY(tm_der_bit_bytes(&info, &point));
    TM_TRY(tm_der_end(info));
    if (point.len != UNCOMPRESSED_POINT) return TM_ERROR_PUBLIC_KEY_INVALID;
    return tm_public_key_from_point(point, public_key);
}

static tm_error read_version(tm_bytes *rest) {
    const uint8_t tag = TM_DER_CONTEXT_CONSTRUCTED | 0;
    tm_bytes explicit_version;
    uint64_t version;
    if (tm_der_tag(*rest) != tag) return TM_ERROR_CERT_PROFILE;
    TM_TRY(tm_der_next(rest, tag, &explicit_version));
    TM_TRY(tm_der_uint(&explicit_version, &version));
    TM_TRY(tm_der_end(explicit_version));
    return version == VERSION_3 ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error read_serial(tm_bytes *rest, tm_bytes *serial) {
    TM_TRY(tm_der_integer(rest, serial));
    const bool positive = serial->ptr[0] < 0x80;
    return positive && serial->len >= SERIAL_MIN && serial->len <= SERIAL_MAX ? TM_OK : TM_ERROR_CERT_SERIAL;
}

static tm_error read_validity(tm_bytes *rest, tm_certificate *out) {
    tm_bytes validity;
    TM_TRY(tm_der_next(rest, TM_DER_SEQUENCE, &validity));
    TM_TRY(tm_der_time(&validity, &out->not_before));
    TM_TRY(tm_der_time(&validity, &out->not_after));
    TM_TRY(tm_der_end(validity));
    return out->not_before <= out->not_after ? TM_OK : TM_ERROR_CERT_PROFILE;
}

static tm_error read_extensions(tm_bytes *rest, tm_certificate *out) {
    const uint8_t tag = TM_DER_CONTEXT_CONSTRUCTED | 3;
    tm_bytes explicit_extensions, list;
    if (tm_der_tag(*rest) != tag) return TM_ERROR_CERT_PROFILE;
    TM_TRY(tm_der_next(rest, tag, &explicit_extensions));
    TM_TRY(tm_der_only(explicit_extensions, TM_DER_SEQUENCE, &list));
    return tm_x509_extensions_read(list, out);
}

static tm_error read_body(tm_certificate *out) {
    tm_bytes body;
    TM_TRY(tm_der_only(out->tbs, TM_DER_SEQUENCE, &body));
    TM_TRY(read_version(&body));
    TM_TRY(read_serial(&body, &out->serial));
    TM_TRY(read_signature_algorithm(&body));
    TM_TRY(tm_x509_name_read(&body, &out->issuer));
    TM_TRY(read_validity(&body, out));
    TM_TRY(tm_x509_name_read(&body, &out->subject));
    TM_TRY(read_public_key(&body, out->public_key));
    TM_TRY(read_extensions(&body, out));
    return tm_der_end(body);
}

tm_error tm_x509_parse(tm_bytes der, tm_certificate *certificate) {
    tm_bytes parts, signature;
    *certificate = (tm_certificate){0};
    if (der.len > TM_LIMIT_CERTIFICATE_BYTES) return TM_ERROR_CERT_PROFILE;
    TM_TRY(tm_der_only(der, TM_DER_SEQUENCE, &parts));
    TM_TRY(tm_der_element(&parts, TM_DER_SEQUENCE, &certificate->tbs));
    TM_TRY(read_signature_algorithm(&parts));
    TM_TRY(tm_der_bit_bytes(&parts, &signature));
    TM_TRY(tm_der_end(parts));
    TM_TRY(tm_ecdsa_signature_from_der(signature, certificate->signature));
    return read_body(certificate);
}

tm_error tm_x509_verify_signed_by(const tm_certificate *certificate, const uint8_t issuer_key[33]) {
    uint8_t digest[32];
    tm_sha256(certificate->tbs.ptr, certificate->tbs.len, digest);
    const tm_error error = tm_ecdsa_verify(digest, certificate->signature, issuer_key);
    return error == TM_ERROR_SIGNATURE_INVALID ? TM_ERROR_CERT_SIGNATURE : error;
}
