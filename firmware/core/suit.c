// SPDX-License-Identifier: Apache-2.0
#include "suit.h"

#include <string.h>

#include "cbor.h"
#include "cbor_walk.h"
#include "suit_digest.h"

#define SEQUENCE_LIMIT (UINT64_C(1) << TM_LIMIT_SEQUENCE_BITS)

static const uint8_t COMPONENTS[] = {0x81, 0x81, 0x41, 0x00};  // [[ TM_SUIT_COMPONENT_ID ]]

static tm_error expect(tm_cbor *in, int64_t value) {
    int64_t found;
    TM_TRY(tm_cbor_int(in, &found));
    return found == value ? TM_OK : TM_ERROR_MANIFEST_MALFORMED;
}

static tm_error expect_pair(tm_cbor *in, int64_t command, int64_t argument) {
    TM_TRY(expect(in, command));
    return expect(in, argument);
}

// A byte string that holds an array or map of this many items, keys and values counted.
static tm_error open_inside(tm_cbor *in, uint8_t type, uint32_t count, tm_cbor *items) {
    tm_bytes encoded;
    tm_cbor inside;
    TM_TRY(tm_cbor_bstr(in, &encoded));
    TM_TRY(tm_cbor_open(&inside, encoded, TM_CBOR_STRICT));
    TM_TRY(type == TM_CBOR_MAP ? tm_cbor_map(&inside, items) : tm_cbor_array(&inside, items));
    return tm_cbor_count(items) == count ? TM_OK : TM_ERROR_MANIFEST_MALFORMED;
}

static bool is_version(tm_bytes text) {
    size_t digits = 0;
    size_t dots = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.' && digits > 0) {
            dots++;
            digits = 0;
        } else if (text.ptr[i] >= '0' && text.ptr[i] <= '9') {
            digits++;
        } else {
            return false;
        }
    }
    return dots == 2 && digits > 0 && text.len <= TM_LIMIT_VERSION_BYTES;
}

static tm_error read_version(tm_cbor *in, tm_manifest *manifest) {
    tm_bytes text;
    TM_TRY(tm_cbor_tstr(in, &text));
    if (!is_version(text)) return TM_ERROR_MANIFEST_MALFORMED;
    memset(manifest->version, 0, sizeof manifest->version);
    memcpy(manifest->version, text.ptr, text.len);
    return TM_OK;
}

static tm_error read_license_block(tm_cbor *in, tm_manifest *manifest) {
    tm_bytes encoded;
    tm_cbor inside;
    tm_cbor items;
    uint64_t proof_type;
    TM_TRY(tm_cbor_bstr(in, &encoded));
    TM_TRY(tm_cbor_open(&inside, encoded, TM_CBOR_STRICT));
    TM_TRY(tm_cbor_array(&inside, &items));
    TM_TRY(expect(&items, TM_SUIT_LICENSE_BLOCK_LAYOUT));
    TM_TRY(tm_cbor_uint(&items, &proof_type));
    if (proof_type != TM_SUIT_PROOF_TYPE_WITNESSED_HEADER) return TM_ERROR_PROOF_TYPE_UNKNOWN;
    TM_TRY(tm_cbor_uint(&items, &manifest->chain_id));
    TM_TRY(tm_cbor_bstr_fixed(&items, manifest->board, sizeof manifest->board));
    TM_TRY(tm_cbor_bstr_fixed(&items, manifest->board_code_hash, sizeof manifest->board_code_hash));
    TM_TRY(tm_cbor_uint(&items, &manifest->manufacturer_id));
    TM_TRY(tm_cbor_uint32(&items, &manifest->security_version));
    TM_TRY(tm_cbor_uint(&items, &manifest->min_block));
    TM_TRY(read_version(&items, manifest));
    return tm_cbor_end(&items);
}

static tm_error read_image_parameters(tm_cbor *sequence, tm_manifest *manifest) {
    tm_cbor parameters;
    tm_bytes digest;
    TM_TRY(tm_cbor_map(sequence, &parameters));
    TM_TRY(expect(&parameters, TM_SUIT_PARAMETER_VENDOR_ID));
    TM_TRY(tm_cbor_bstr_fixed(&parameters, manifest->vendor_id, sizeof manifest->vendor_id));
    TM_TRY(expect(&parameters, TM_SUIT_PARAMETER_CLASS_ID));
    TM_TRY(tm_cbor_bstr_fixed(&parameters, manifest->class_id, sizeof manifest->class_id));
    TM_TRY(expect(&parameters, TM_SUIT_PARAMETER_IMAGE_DIGEST));
    TM_TRY(tm_cbor_bstr(&parameters, &digest));
    TM_TRY(tm_suit_digest_decode(digest, manifest->image_digest));
    TM_TRY(expect(&parameters, TM_SUIT_PARAMETER_IMAGE_SIZE));
    TM_TRY(tm_cbor_uint32(&parameters, &manifest->image_size));
    if (manifest->image_size == 0) return TM_ERROR_MANIFEST_MALFORMED;
    return tm_cbor_end(&parameters);
}

static tm_error read_common(tm_cbor *in, tm_manifest *manifest) {
    tm_cbor common;
    tm_cbor sequence;
    tm_bytes components;
    TM_TRY(open_inside(in, TM_CBOR_MAP, 4, &common));
    TM_TRY(expect(&common, TM_SUIT_COMMON_COMPONENTS));
    TM_TRY(tm_cbor_item(&common, &components));
    if (!tm_bytes_equal(components, tm_bytes_of(COMPONENTS, sizeof COMPONENTS))) return TM_ERROR_MANIFEST_MALFORMED;
    TM_TRY(expect(&common, TM_SUIT_COMMON_SHARED_SEQUENCE));
    TM_TRY(open_inside(&common, TM_CBOR_ARRAY, 6, &sequence));
    TM_TRY(expect(&sequence, TM_SUIT_COMMAND_OVERRIDE_PARAMETERS));
    TM_TRY(read_image_parameters(&sequence, manifest));
    TM_TRY(expect_pair(&sequence, TM_SUIT_COMMAND_CONDITION_VENDOR, TM_SUIT_REPORTING_POLICY_ALL));
    return expect_pair(&sequence, TM_SUIT_COMMAND_CONDITION_CLASS, TM_SUIT_REPORTING_POLICY_ALL);
}

static tm_error read_fetch_parameters(tm_cbor *sequence, tm_manifest *manifest) {
    tm_cbor parameters;
    tm_bytes uri;
    TM_TRY(tm_cbor_map(sequence, &parameters));
    TM_TRY(expect(&parameters, TM_SUIT_PARAMETER_URI));
    TM_TRY(tm_cbor_tstr(&parameters, &uri));
    if (!tm_bytes_equal(uri, tm_bytes_of(TM_SUIT_PAYLOAD_FIRMWARE, sizeof TM_SUIT_PAYLOAD_FIRMWARE - 1))) {
        return TM_ERROR_MANIFEST_MALFORMED;
    }
    TM_TRY(expect(&parameters, TM_SUIT_PARAMETER_TOUCHMARK_LICENSE));
    TM_TRY(read_license_block(&parameters, manifest));
    return tm_cbor_end(&parameters);
}

static tm_error read_install(tm_cbor *in, tm_manifest *manifest) {
    tm_cbor sequence;
    TM_TRY(open_inside(in, TM_CBOR_ARRAY, 8, &sequence));
    TM_TRY(expect(&sequence, TM_SUIT_COMMAND_OVERRIDE_PARAMETERS));
    TM_TRY(read_fetch_parameters(&sequence, manifest));
    TM_TRY(expect_pair(&sequence, TM_SUIT_COMMAND_CONDITION_TOUCHMARK_LICENSE, TM_SUIT_REPORTING_POLICY_ALL));
    TM_TRY(expect_pair(&sequence, TM_SUIT_COMMAND_FETCH, TM_SUIT_REPORTING_POLICY_FAILURE));
    return expect_pair(&sequence, TM_SUIT_COMMAND_CONDITION_IMAGE_MATCH, TM_SUIT_REPORTING_POLICY_ALL);
}

static tm_error read_single(tm_cbor *in, int64_t command, int64_t argument) {
    tm_cbor sequence;
    TM_TRY(open_inside(in, TM_CBOR_ARRAY, 2, &sequence));
    return expect_pair(&sequence, command, argument);
}

static tm_error read_manifest(tm_bytes encoded, tm_manifest *manifest) {
    tm_cbor in;
    tm_cbor map;
    TM_TRY(tm_cbor_open(&in, encoded, TM_CBOR_STRICT));
    TM_TRY(tm_cbor_map(&in, &map));
    TM_TRY(expect_pair(&map, TM_SUIT_MANIFEST_VERSION, TM_SUIT_SUPPORTED_MANIFEST_VERSION));
    TM_TRY(expect(&map, TM_SUIT_MANIFEST_SEQUENCE_NUMBER));
    TM_TRY(tm_cbor_uint(&map, &manifest->sequence_number));
    if (manifest->sequence_number >= SEQUENCE_LIMIT) return TM_ERROR_MANIFEST_MALFORMED;
    TM_TRY(expect(&map, TM_SUIT_MANIFEST_COMMON));
    TM_TRY(read_common(&map, manifest));
    TM_TRY(expect(&map, TM_SUIT_MANIFEST_VALIDATE));
    TM_TRY(read_single(&map, TM_SUIT_COMMAND_CONDITION_IMAGE_MATCH, TM_SUIT_REPORTING_POLICY_ALL));
    TM_TRY(expect(&map, TM_SUIT_MANIFEST_INVOKE));
    TM_TRY(read_single(&map, TM_SUIT_COMMAND_INVOKE, TM_SUIT_REPORTING_POLICY_FAILURE));
    TM_TRY(expect(&map, TM_SUIT_MANIFEST_INSTALL));
    TM_TRY(read_install(&map, manifest));
    return tm_cbor_end(&map);
}

tm_error tm_manifest_decode(tm_bytes encoded, tm_manifest *manifest) {
    return tm_form(read_manifest(encoded, manifest), TM_ERROR_MANIFEST_MALFORMED);
}
