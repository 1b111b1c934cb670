// SPDX-License-Identifier: Apache-2.0
#include "os_group.h"

// {?query} -> {bootloader: tstr}
tm_error tm_os_bootloader_info(tm_smp_call *call) {
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "bootloader");
    tm_cbor_put_tstr(&call->response, "Touchmark");
    return TM_OK;
}
