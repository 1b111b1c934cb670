// SPDX-License-Identifier: Apache-2.0
// What the unit tells of its gate's last run.
#include "fixture/fixture_app.h"
#include "fixture/fixture_call.h"
#include "install_steps.h"
#include "tap.h"
#include "touchmark_group.h"

static fixture_answer answer;

static uint64_t counted(const char *name) {
    uint64_t value = UINT64_MAX;
    fixture_call(tm_touchmark_counters, &answer);
    fixture_field_uint(&answer, name, &value);
    return value;
}

int main(void) {
    uint32_t next;
    fixture_app_fresh(4096);
    fixture_call(tm_touchmark_counters, &answer);
    ok(answer.error == TM_OK && answer.answer.len == 1 && answer.answer.ptr[0] == 0xa0, "nothing before the gate has run");

    ok_error(fixture_app_upload(512, FIXTURE_ALL, &next), TM_OK, "a bundle passes the gate");
    const uint64_t witnesses = app.next.anchor.trust.witness_threshold;
    ok(counted("verifies") == 2 * (2 + witnesses), "certificate, manifest and %u witnesses, each twice", (unsigned)witnesses);
    const uint64_t hashed = counted("sha256Bytes");
    ok(hashed > 0 && hashed < app.bundle.len, "bytes hashed, the image's not among them");
    ok(counted("keccakBlocks") > 0, "Keccak permutations");
    ok(counted("instructions") == 0, "a port that does not count says 0");

    fixture_app_fresh(4096);
    app.next.witness_mask = 1;
    fixture_app_build();
    ok_error(fixture_app_upload(512, FIXTURE_ALL, &next), TM_ERROR_WITNESS_QUORUM, "a bundle without a quorum is refused");
    ok(counted("verifies") < 2 * (2 + witnesses), "and what its refusal took is told");
    return done();
}
