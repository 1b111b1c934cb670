// SPDX-License-Identifier: Apache-2.0
// What a release has to show before it may be confirmed: its hashes and curve give known answers, its noise source is
// healthy, it reads its own head, and it still has the identity that the unit had.
#ifndef TM_SELF_TEST_H
#define TM_SELF_TEST_H

#include "device.h"

bool tm_self_test_passes(const tm_device *device);

#endif
