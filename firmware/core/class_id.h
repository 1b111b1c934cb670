// SPDX-License-Identifier: Apache-2.0
// Device class: a UUIDv8 (RFC 9562 section 5.8) from vendor and hardware model.
#ifndef TM_CLASS_ID_H
#define TM_CLASS_ID_H

#include "bytes.h"

void tm_class_id(const uint8_t vendor_id[16], tm_bytes hardware_model, uint8_t class_id[16]);

#endif
