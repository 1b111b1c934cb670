// SPDX-License-Identifier: Apache-2.0
#ifndef TM_APP_H
#define TM_APP_H

#include "boot_info.h"

_Noreturn void tm_app(const tm_boot_info *boot);

#endif
