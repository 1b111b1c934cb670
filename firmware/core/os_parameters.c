// SPDX-License-Identifier: Apache-2.0
#include "os_group.h"

// {} -> {buf_size: bytes of the largest packet, buf_count: packets that may be under way}
tm_error tm_os_parameters(tm_smp_call *call) {
    tm_cbor_put_map(&call->response, 2);
    tm_cbor_put_tstr(&call->response, "buf_size");
    tm_cbor_put_uint(&call->response, TM_SMP_PACKET_BYTES);
    tm_cbor_put_tstr(&call->response, "buf_count");
    tm_cbor_put_uint(&call->response, TM_SMP_BUFFER_COUNT);
    return TM_OK;
}
