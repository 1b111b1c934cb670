// SPDX-License-Identifier: Apache-2.0
// SMP group 64: provisioning, license, trust and what the unit signs (protocol/serial.md).
#ifndef TM_TOUCHMARK_GROUP_H
#define TM_TOUCHMARK_GROUP_H

#include "smp.h"

tm_error tm_touchmark_hello(tm_smp_call *call);
tm_error tm_touchmark_begin(tm_smp_call *call);
tm_error tm_touchmark_csr(tm_smp_call *call);
tm_error tm_touchmark_enroll(tm_smp_call *call);
tm_error tm_touchmark_verify(tm_smp_call *call);
tm_error tm_touchmark_lock(tm_smp_call *call);
tm_error tm_touchmark_notice(tm_smp_call *call);
tm_error tm_touchmark_rotate(tm_smp_call *call);
tm_error tm_touchmark_attest(tm_smp_call *call);
tm_error tm_touchmark_sign_in(tm_smp_call *call);
tm_error tm_touchmark_claim(tm_smp_call *call);
tm_error tm_touchmark_pair(tm_smp_call *call);
tm_error tm_touchmark_unpair(tm_smp_call *call);
tm_error tm_touchmark_certificate(tm_smp_call *call);
tm_error tm_touchmark_state(tm_smp_call *call);
tm_error tm_touchmark_challenge(tm_smp_call *call);
tm_error tm_touchmark_counters(tm_smp_call *call);

extern const tm_smp_group tm_touchmark_group;

#endif
