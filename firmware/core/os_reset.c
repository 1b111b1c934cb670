// SPDX-License-Identifier: Apache-2.0
#include "os_group.h"
#include "port.h"

static void reset(void) {
    port_reset();
}

// {} -> {}, then the reset. Refused while a reboot could harm: NOT_SAFE_TO_REBOOT.
tm_error tm_os_reset(tm_smp_call *call) {
    if (!port_safe_to_reboot()) return TM_ERROR_NOT_SAFE_TO_REBOOT;
    tm_cbor_put_map(&call->response, 0);
    call->after = reset;
    return TM_OK;
}
