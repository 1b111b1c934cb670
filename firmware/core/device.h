// SPDX-License-Identifier: Apache-2.0
// The unit's state in RAM, read from flash and one-time memory at start: life, identity, trust, session, challenge.
//
//     blank --begin--> born --enroll--> enrolled --lock--> locked        (protocol.json: life)
//
// What is in flash decides: born needs an identity cell of this chip, enrolled its certificates and a moving cell, locked
// the lock mark in one-time memory. Nothing here is kept anywhere else.
#ifndef TM_DEVICE_H
#define TM_DEVICE_H

#include "challenge.h"
#include "identity_cell.h"
#include "moving_cell.h"
#include "running.h"
#include "unit.h"

typedef struct {
    uint32_t life;         // TM_LIFE_...
    tm_error trouble;      // why a unit that should have an identity has none; TM_OK
    tm_identity identity;
    tm_cell_newest identity_newest;
    tm_moving moving;
    tm_cell_newest moving_newest;
    tm_running running;
    bool session;          // begin was called since the start
    uint8_t session_nonce[32];
    tm_challenge challenge;
} tm_device;

extern tm_device tm_the_device;

// First thing the app does.
void tm_device_start(const tm_boot_info *boot);

// Reads flash and one-time memory anew; session and challenge stay.
void tm_device_load(tm_device *device);

// What the gate and the other decisions take. Views into device.
tm_unit tm_device_unit(const tm_device *device);

// Stores what a proof moved (tm_anchor_store's store); raises the epoch's mirror once locked. FLASH_WRITE.
tm_error tm_device_store_anchor(void *device, const tm_anchor *anchor);

// The same where no release was judged by it. What passed the gate before has to pass it again: withdrawn first, so that
// no power cut leaves it due.
tm_error tm_device_learn(void *device, const tm_anchor *anchor);

// After a confirmed boot: never falls. FLASH_WRITE.
tm_error tm_device_raise_rollback(tm_device *device, uint32_t security_version);

// Identity and moving trust once more, in the cells that hold older ones.
tm_error tm_device_fill_cells(tm_device *device);

// Before a claim or pair signature: counted in flash, so that a cut can lose a signature and never a count. FLASH_WRITE.
tm_error tm_device_count_claim(tm_device *device);
tm_error tm_device_count_pair(tm_device *device);

// LOCKED once locked, otherwise the device's trouble, if any: what every step of provisioning asks first.
tm_error tm_device_provisioning(const tm_device *device);

// IDENTITY_ABSENT, IDENTITY_FOREIGN without a key of its own.
tm_error tm_device_has_key(const tm_device *device);

#endif
