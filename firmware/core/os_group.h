// SPDX-License-Identifier: Apache-2.0
// SMP group 0: what every SMP client expects of a unit.
#ifndef TM_OS_GROUP_H
#define TM_OS_GROUP_H

#include "smp.h"

tm_error tm_os_echo(tm_smp_call *call);
tm_error tm_os_reset(tm_smp_call *call);
tm_error tm_os_parameters(tm_smp_call *call);
tm_error tm_os_info(tm_smp_call *call);
tm_error tm_os_bootloader_info(tm_smp_call *call);

extern const tm_smp_group tm_os_group;

#endif
