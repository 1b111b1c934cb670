// SPDX-License-Identifier: Apache-2.0
#include "anchor.h"

#include "sha256.h"

tm_error tm_anchor_root(const tm_anchor *anchor, tm_certificate *root) {
    uint8_t hash[32];
    if (!tm_trust_complete(&anchor->trust) || anchor->root_len == 0) return TM_ERROR_TRUST_INCOMPLETE;
    tm_sha256(anchor->root, anchor->root_len, hash);
    if (!tm_equal(hash, anchor->trust.root_hash, sizeof hash)) return TM_ERROR_ROOT_MISMATCH;
    return tm_x509_parse(tm_bytes_of(anchor->root, anchor->root_len), root);
}

static tm_error check_root_once(tm_bytes der, uint64_t chain_id, uint64_t manufacturer_id) {
    tm_certificate root;
    TM_TRY(tm_x509_parse(der, &root));
    TM_TRY(tm_x509_check_root(&root));
    TM_TRY(tm_x509_check_issued_by(&root, &root));
    if (root.chain_id != chain_id || root.manufacturer_id != manufacturer_id) return TM_ERROR_CERT_MANUFACTURER;
    return tm_x509_verify_signed_by(&root, root.public_key);
}

tm_error tm_anchor_check_root(tm_bytes der, uint64_t chain_id, uint64_t manufacturer_id) {
    TM_TRY(check_root_once(der, chain_id, manufacturer_id));
    return check_root_once(der, chain_id, manufacturer_id);
}
