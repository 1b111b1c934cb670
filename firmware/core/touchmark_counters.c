// SPDX-License-Identifier: Apache-2.0
#include "gate_cost.h"
#include "touchmark_group.h"

// {} -> {verifies, sha256Bytes, instructions, keccakBlocks} of the gate's last run; {} until it has run since the start
tm_error tm_touchmark_counters(tm_smp_call *call) {
    tm_gate_cost cost;
    tm_cbor_writer *const out = &call->response;
    if (!tm_gate_cost_read(&cost)) {
        tm_cbor_put_map(out, 0);
        return TM_OK;
    }
    tm_cbor_put_map(out, 4);
    tm_cbor_put_tstr(out, "verifies");
    tm_cbor_put_uint(out, cost.work.verifies);
    tm_cbor_put_tstr(out, "sha256Bytes");
    tm_cbor_put_uint(out, cost.work.sha256_bytes);
    tm_cbor_put_tstr(out, "instructions");
    tm_cbor_put_uint(out, cost.instructions);
    tm_cbor_put_tstr(out, "keccakBlocks");
    tm_cbor_put_uint(out, cost.work.keccak_blocks);
    return TM_OK;
}
