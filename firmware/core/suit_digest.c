// SPDX-License-Identifier: Apache-2.0
#include "suit_digest.h"

#include "cbor.h"

tm_error tm_suit_digest_decode(tm_bytes encoded, uint8_t digest[32]) {
    tm_cbor in;
    tm_cbor items;
    int64_t algorithm;
    TM_TRY(tm_cbor_open(&in, encoded, TM_CBOR_STRICT));
    TM_TRY(tm_cbor_array(&in, &items));
    TM_TRY(tm_cbor_int(&items, &algorithm));
    if (algorithm != TM_COSE_DIGEST_SHA256) return TM_ERROR_MESSAGE_FIELD;
    TM_TRY(tm_cbor_bstr_fixed(&items, digest, 32));
    return tm_cbor_end(&items);
}
