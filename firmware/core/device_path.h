// SPDX-License-Identifier: Apache-2.0
// A unit's own certificate path: device, line, root.
#ifndef TM_DEVICE_PATH_H
#define TM_DEVICE_PATH_H

#include "trust_block.h"
#include "x509.h"

// DER.
typedef struct {
    tm_bytes root;
    tm_bytes line;
    tm_bytes device;
} tm_device_path;

// What the path says, once it holds.
typedef struct {
    uint64_t manufacturer_id;
    int64_t not_before;  // all three are in force from here, unix seconds
    int64_t not_after;   // to here, inclusive
} tm_device_path_facts;

// Profiles, names, manufacturer, this unit's chain, and every signature twice on separately parsed inputs; the device was
// born while its line was in force; it holds this unit's key and hardware model. DER_MALFORMED, CERT_*, SIGNATURE_*.
tm_error tm_device_path_check(const tm_device_path *path, const uint8_t device_key[33], const tm_trust *trust,
                              tm_device_path_facts *facts);

#endif
