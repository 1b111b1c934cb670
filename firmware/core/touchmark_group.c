// SPDX-License-Identifier: Apache-2.0
#include "touchmark_group.h"

static const tm_smp_command commands[] = {
    {TM_SMP_TOUCHMARK_HELLO, tm_touchmark_hello, NULL},
    {TM_SMP_TOUCHMARK_BEGIN, NULL, tm_touchmark_begin},
    {TM_SMP_TOUCHMARK_CSR, tm_touchmark_csr, NULL},
    {TM_SMP_TOUCHMARK_ENROLL, NULL, tm_touchmark_enroll},
    {TM_SMP_TOUCHMARK_VERIFY, NULL, tm_touchmark_verify},
    {TM_SMP_TOUCHMARK_LOCK, NULL, tm_touchmark_lock},
    {TM_SMP_TOUCHMARK_NOTICE, NULL, tm_touchmark_notice},
    {TM_SMP_TOUCHMARK_ROTATE, NULL, tm_touchmark_rotate},
    {TM_SMP_TOUCHMARK_ATTEST, NULL, tm_touchmark_attest},
    {TM_SMP_TOUCHMARK_SIGN_IN, NULL, tm_touchmark_sign_in},
    {TM_SMP_TOUCHMARK_CLAIM, NULL, tm_touchmark_claim},
    {TM_SMP_TOUCHMARK_PAIR, NULL, tm_touchmark_pair},
    {TM_SMP_TOUCHMARK_UNPAIR, NULL, tm_touchmark_unpair},
    {TM_SMP_TOUCHMARK_STATE, tm_touchmark_state, NULL},
    {TM_SMP_TOUCHMARK_CHALLENGE, NULL, tm_touchmark_challenge},
    {TM_SMP_TOUCHMARK_COUNTERS, tm_touchmark_counters, NULL},
    {TM_SMP_TOUCHMARK_CERTIFICATE, tm_touchmark_certificate, NULL},
};

const tm_smp_group tm_touchmark_group = {TM_SMP_GROUP_TOUCHMARK, commands, sizeof commands / sizeof commands[0]};
