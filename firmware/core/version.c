// SPDX-License-Identifier: Apache-2.0
#include "version.h"

#include "generated/protocol.h"

_Static_assert(sizeof TM_VERSION - 1 <= TM_LIMIT_VERSION_BYTES, "the manifest holds the same version");

const char tm_version[] = TM_VERSION;
