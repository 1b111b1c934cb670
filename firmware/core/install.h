// SPDX-License-Identifier: Apache-2.0
// An upload on its way into the other slot: staging, the gate, the image, the slot head. Knows nothing of SMP.
//
//     state     takes                        goes to
//     IDLE      a first chunk                STAGING, or IMAGE where an earlier upload can be resumed
//     STAGING   chunks in order              IMAGE once all before the image is there and the gate has passed
//     IMAGE     chunks in order              DONE once image, head and receipt are written
//     DONE      the same upload's chunks     DONE; tm_install_passed names its digest
//
// A first chunk of another upload starts anew in every state; any refusal goes to IDLE. A chunk at a wrong offset
// changes nothing.
#ifndef TM_INSTALL_H
#define TM_INSTALL_H

#include "gate.h"

// What the installer needs of the rest of the app.
typedef struct {
    tm_unit (*unit)(void);
    tm_anchor_store store;
    void (*challenge_used)(void);  // by a gate pass or a refusal: it is not outstanding any more
} tm_install_context;

void tm_install_start(const tm_install_context *context);

typedef struct {
    uint32_t off;
    tm_bytes data;
    uint32_t len;        // of the whole upload; at off 0
    const uint8_t *sha;  // 32 bytes that name the upload; at off 0
} tm_install_chunk;

// next: the offset that is expected now; the whole length once all is done. Errors: the gate's, IMAGE_*, DELTA_*,
// FLASH_WRITE, TRIAL_RUNNING; CHUNK_DIGEST where a first chunk names no upload.
tm_error tm_install_take(const tm_install_chunk *chunk, uint32_t *next);

// The manifest digest that the last pass staged, for `test`; NULL when there is none. In RAM only: gone after a reset.
const uint8_t *tm_install_passed(void);

// Forgets all of it; for whoever changes the slot by other means.
void tm_install_forget(void);

#endif
