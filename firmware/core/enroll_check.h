// SPDX-License-Identifier: Apache-2.0
// May this unit take these certificates? They hold its own key and model, end at their root, and the chain names that
// root under their manufacturer, whose license is in force.
#ifndef TM_ENROLL_CHECK_H
#define TM_ENROLL_CHECK_H

#include "chain_step.h"
#include "device_path.h"

typedef struct {
    tm_device_path path;
    tm_source chain;
} tm_enroll_request;

typedef struct {
    bool challenge_used;
    tm_anchor anchor;  // what the unit trusts from then on
} tm_enroll_result;

// A unit that has a root already only takes another path to the same one: ROOT_MISMATCH, CERT_MANUFACTURER. Other errors:
// tm_device_path_check's and tm_chain_prove's, LICENSE_*, ROOT_*, CERT_NOT_IN_FORCE. Nothing is stored.
tm_error tm_enroll_check(const tm_enroll_request *request, const uint8_t device_key[33], const tm_unit *unit,
                         tm_chain_buffer *buffer, tm_enroll_result *result);

#endif
