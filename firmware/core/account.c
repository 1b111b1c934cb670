// SPDX-License-Identifier: Apache-2.0
#include "account.h"

#include "rlp.h"

static tm_error read_fields(tm_bytes leaf, tm_account *account) {
    tm_bytes fields, balance;
    uint64_t nonce;
    TM_TRY(tm_rlp_next_list(&leaf, &fields));
    TM_TRY(tm_rlp_end(leaf));
    TM_TRY(tm_rlp_next_uint(&fields, &nonce));
    TM_TRY(tm_rlp_next_string(&fields, &balance));
    if (balance.len > 32 || (balance.len > 0 && balance.ptr[0] == 0)) return TM_ERROR_ACCOUNT_MALFORMED;
    TM_TRY(tm_rlp_next_fixed(&fields, account->storage_root, 32));
    TM_TRY(tm_rlp_next_fixed(&fields, account->code_hash, 32));
    return tm_rlp_end(fields);
}

tm_error tm_account_decode(tm_bytes leaf, tm_account *account) {
    return read_fields(leaf, account) == TM_OK ? TM_OK : TM_ERROR_ACCOUNT_MALFORMED;
}
