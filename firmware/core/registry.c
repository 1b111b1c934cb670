// SPDX-License-Identifier: Apache-2.0
#include "registry.h"

#include <string.h>

#include "der.h"

// The extensions of a TBSCertificate, whose form tm_x509_parse has checked: its last element.
static tm_error find_extensions(tm_bytes tbs, tm_bytes *list) {
    tm_bytes fields, content;
    TM_TRY(tm_der_only(tbs, TM_DER_SEQUENCE, &fields));
    while (fields.len > 0) {
        const uint8_t tag = tm_der_tag(fields);
        TM_TRY(tm_der_next(&fields, tag, &content));
        if (tag == (TM_DER_CONTEXT_CONSTRUCTED | 3)) return tm_der_only(content, TM_DER_SEQUENCE, list);
    }
    return TM_ERROR_REGISTRY_ABSENT;
}

// The value of an extension, where it is a non-critical one of this name.
static tm_error read_value(tm_bytes extension, tm_bytes *value) {
    static const uint8_t REGISTRY[] = TM_OID_TOUCHMARK_REGISTRY;
    tm_bytes oid, encoded;
    TM_TRY(tm_der_oid(&extension, &oid));
    if (!tm_bytes_equal(oid, tm_bytes_of(REGISTRY, sizeof REGISTRY))) return TM_ERROR_REGISTRY_ABSENT;
    TM_TRY(tm_der_next(&extension, TM_DER_OCTET_STRING, &encoded));
    TM_TRY(tm_der_end(extension));
    return tm_der_only(encoded, TM_DER_OCTET_STRING, value);
}

tm_error tm_registry_of(const tm_anchor *anchor, uint8_t registry[20]) {
    tm_certificate root;
    tm_bytes list, extension, value;
    TM_TRY(tm_anchor_root(anchor, &root));
    TM_TRY(find_extensions(root.tbs, &list));
    while (list.len > 0) {
        TM_TRY(tm_der_next(&list, TM_DER_SEQUENCE, &extension));
        if (read_value(extension, &value) != TM_OK) continue;
        if (value.len != 20) return TM_ERROR_REGISTRY_ABSENT;
        memcpy(registry, value.ptr, 20);
        return TM_OK;
    }
    return TM_ERROR_REGISTRY_ABSENT;
}
