// SPDX-License-Identifier: Apache-2.0
// SMP on the port's console: what app and recovery have in common.
#ifndef TM_SMP_SERVER_H
#define TM_SMP_SERVER_H

#include "smp.h"

// Takes what has come over the line, answers every whole packet in it, then sleeps for up to a second.
void tm_smp_serve(const tm_smp_service *service);

#endif
