// SPDX-License-Identifier: Apache-2.0
#ifndef TM_CHIP_H
#define TM_CHIP_H

#include "wrap.h"

// The port's chip key, as wrap.h and receipt.h take it.
extern const tm_chip_key tm_chip;

#endif
