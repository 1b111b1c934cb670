// SPDX-License-Identifier: Apache-2.0
#include "authentication.h"

#include "cbor.h"
#include "cbor_walk.h"
#include "suit_digest.h"

static tm_error read_wrapper(tm_bytes encoded, tm_authentication *authentication) {
    tm_cbor in;
    tm_cbor items;
    TM_TRY(tm_cbor_open(&in, encoded, TM_CBOR_STRICT));
    TM_TRY(tm_cbor_array(&in, &items));
    TM_TRY(tm_cbor_bstr(&items, &authentication->suit_digest));
    TM_TRY(tm_suit_digest_decode(authentication->suit_digest, authentication->manifest_digest));
    TM_TRY(tm_cbor_bstr(&items, &authentication->cose));
    return tm_cbor_end(&items);
}

tm_error tm_authentication_decode(tm_bytes encoded, tm_authentication *authentication) {
    return tm_form(read_wrapper(encoded, authentication), TM_ERROR_ENVELOPE_MALFORMED);
}
