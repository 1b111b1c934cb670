// SPDX-License-Identifier: Apache-2.0
#include "class_id.h"

#include <string.h>

#include "generated/protocol.h"
#include "sha256.h"

void tm_class_id(const uint8_t vendor_id[16], tm_bytes hardware_model, uint8_t class_id[16]) {
    uint8_t hash[TM_SHA256_SIZE];
    tm_sha256_state state;
    tm_sha256_init(&state);
    tm_sha256_update(&state, TM_DOMAIN_CLASS, sizeof TM_DOMAIN_CLASS);  // its zero byte included
    tm_sha256_update(&state, vendor_id, 16);
    tm_sha256_update(&state, hardware_model.ptr, hardware_model.len);
    tm_sha256_final(&state, hash);
    memcpy(class_id, hash, 16);
    class_id[6] = (uint8_t)(0x80 | (class_id[6] & 0x0f));  // version 8
    class_id[8] = (uint8_t)(0x80 | (class_id[8] & 0x3f));  // variant 10
}
