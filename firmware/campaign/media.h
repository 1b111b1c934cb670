// SPDX-License-Identifier: Apache-2.0
// What outlives a power cut: NOR flash and one-time memory, with a journal of one run's operations. The journal is
// replayed operation by operation; at each the power can be cut, looked at, and the state before it put back.
#ifndef TM_MEDIA_H
#define TM_MEDIA_H

#include "nor.h"

// The state now is where the journal begins.
void media_record(void);
// Ends the journal and returns to where it began.
void media_rewind(void);

uint32_t media_count(void);         // operations in the journal
bool media_is_erase(uint32_t operation);
bool media_is_one_time(uint32_t operation);
bool media_is_first(uint32_t operation);  // none before it has the same sites under way

// Performs the operation that is next, all of it, for good. In order, from 0.
void media_advance(uint32_t operation);
// The power fails in this operation, which is next; every site that was under way counts as cut.
void media_cut(uint32_t operation, nor_cut_kind kind, uint64_t seed);
// Of the unit or block that this operation, which is next, works on, as it stands: with the operation's number it tells
// the states apart that cuts leave behind.
uint64_t media_fingerprint(uint32_t operation);
// Undoes what happened since the last advance.
void media_restore(void);

#endif
