// SPDX-License-Identifier: Apache-2.0
#include "os_group.h"

// {d: tstr} -> {r: the same}
tm_error tm_os_echo(tm_smp_call *call) {
    tm_bytes text;
    TM_TRY(tm_smp_tstr(call, "d", &text));
    if (text.ptr == NULL) return TM_ERROR_MESSAGE_FIELD;
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "r");
    tm_cbor_put_tstr_len(&call->response, (const char *)text.ptr, text.len);
    return TM_OK;
}
