// SPDX-License-Identifier: Apache-2.0
#include "work.h"

tm_work tm_work_done;
