// SPDX-License-Identifier: Apache-2.0
#include "release_signature.h"

#include <string.h>

#include "authentication.h"
#include "cbor_write.h"
#include "sha256.h"

#define WINDOW 64u  // bytes

// Over the manifest's byte string with its CBOR head (protocol/bundle.md).
static tm_error hash_manifest(const tm_source *manifest, uint8_t digest[32]) {
    uint8_t window[WINDOW];
    tm_cbor_writer out;
    tm_sha256_state state;
    tm_sha256_init(&state);
    tm_cbor_writer_init(&out, window, sizeof window);
    tm_cbor_put_bstr_head(&out, manifest->len);
    tm_sha256_update(&state, window, out.len);
    for (uint32_t off = 0; off < manifest->len; off += WINDOW) {
        const uint32_t left = manifest->len - off;
        const uint32_t len = left < WINDOW ? left : WINDOW;
        TM_TRY(tm_source_read(manifest, off, window, len));
        tm_sha256_update(&state, window, len);
    }
    tm_sha256_final(&state, digest);
    return TM_OK;
}

static tm_error read_authentication(const tm_release_source *release, tm_release_buffer *buffer,
                                    tm_authentication *authentication) {
    uint8_t digest[32];
    const uint32_t len = release->authentication.len;
    if (len > sizeof buffer->bytes) return TM_ERROR_ENVELOPE_TOO_LARGE;
    TM_TRY(tm_source_read(&release->authentication, 0, buffer->bytes, len));
    TM_TRY(tm_authentication_decode(tm_bytes_of(buffer->bytes, len), authentication));
    TM_TRY(hash_manifest(&release->manifest, digest));
    return tm_equal(digest, authentication->manifest_digest, sizeof digest) ? TM_OK
                                                                            : TM_ERROR_MANIFEST_DIGEST_MISMATCH;
}

tm_error tm_release_digest(const tm_release_source *release, tm_release_buffer *buffer, uint8_t manifest_digest[32]) {
    tm_authentication authentication;
    TM_TRY(read_authentication(release, buffer, &authentication));
    memcpy(manifest_digest, authentication.manifest_digest, 32);
    return TM_OK;
}

// root NULL: the bootloader's way.
static tm_error authenticate_once(const tm_release_source *release, const uint8_t *root_key,
                                  const tm_certificate *root, tm_release_buffer *buffer,
                                  tm_release_signature *signature) {
    tm_authentication authentication;
    tm_cose_sign1 cose;
    tm_certificate leaf;
    TM_TRY(read_authentication(release, buffer, &authentication));
    TM_TRY(tm_cose_decode(authentication.cose, &cose));
    TM_TRY(tm_x509_parse(cose.certificate, &leaf));
    TM_TRY(tm_x509_check_ota(&leaf));
    if (root != NULL) TM_TRY(tm_x509_check_issued_by(&leaf, root));
    TM_TRY(tm_x509_verify_signed_by(&leaf, root_key));
    TM_TRY(tm_cose_verify(&cose, authentication.suit_digest, leaf.public_key));
    memset(signature, 0, sizeof *signature);  // padding, too: results are compared whole
    memcpy(signature->manifest_digest, authentication.manifest_digest, sizeof signature->manifest_digest);
    memcpy(signature->signer, leaf.public_key, sizeof signature->signer);
    signature->not_before = leaf.not_before;
    signature->not_after = leaf.not_after;
    return TM_OK;
}

static tm_error authenticate_twice(const tm_release_source *release, const uint8_t *root_key,
                                   const tm_certificate *root, tm_release_buffer *buffer,
                                   tm_release_signature *signature) {
    tm_release_signature again;
    TM_TRY(authenticate_once(release, root_key, root, buffer, signature));
    memset(buffer, 0, sizeof *buffer);
    TM_TRY(authenticate_once(release, root_key, root, buffer, &again));
    return memcmp(signature, &again, sizeof again) == 0 ? TM_OK : TM_ERROR_INTERNAL;
}

tm_error tm_release_authenticate(const tm_release_source *release, const tm_certificate *root,
                                 tm_release_buffer *buffer, tm_release_signature *signature) {
    return authenticate_twice(release, root->public_key, root, buffer, signature);
}

tm_error tm_release_authenticate_by_key(const tm_release_source *release, const uint8_t root_key[33],
                                        tm_release_buffer *buffer, tm_release_signature *signature) {
    return authenticate_twice(release, root_key, NULL, buffer, signature);
}
