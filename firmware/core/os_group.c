// SPDX-License-Identifier: Apache-2.0
#include "os_group.h"

static const tm_smp_command commands[] = {
    {TM_SMP_OS_ECHO, tm_os_echo, tm_os_echo},
    {TM_SMP_OS_RESET, NULL, tm_os_reset},
    {TM_SMP_OS_PARAMETERS, tm_os_parameters, NULL},
    {TM_SMP_OS_INFO, tm_os_info, NULL},
    {TM_SMP_OS_BOOTLOADER_INFO, tm_os_bootloader_info, NULL},
};

const tm_smp_group tm_os_group = {TM_SMP_GROUP_OS, commands, sizeof commands / sizeof commands[0]};
