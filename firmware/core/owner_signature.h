// SPDX-License-Identifier: Apache-2.0
// The conditions under which a unit signs for its owner: it is locked, of this chip and its newest trust, and a person is
// at it. Asked before anything is counted or signed.
#ifndef TM_OWNER_SIGNATURE_H
#define TM_OWNER_SIGNATURE_H

#include "device.h"
#include "smp.h"

// IDENTITY_*, LIFE_STATE before lock, TRUST_INCOMPLETE where the moving cells are not the unit's newest, PRESENCE_REQUIRED.
tm_error tm_owner_signature_allowed(const tm_device *device);

// Signs and answers {signature: bstr 65}: r, s, v. IDENTITY_FOREIGN, ENTROPY_FAILED.
tm_error tm_owner_signature_answer(const tm_device *device, const uint8_t digest[32], tm_smp_call *call);

#endif
