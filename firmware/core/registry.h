// SPDX-License-Identifier: Apache-2.0
// The registry that a unit's claims and pairings are for: the extension touchmarkRegistry of its pinned root. Nobody but
// the root's holder can name another, and a unit that has one root has one registry.
#ifndef TM_REGISTRY_H
#define TM_REGISTRY_H

#include "anchor.h"

// REGISTRY_ABSENT where the root has no such extension, or one that is not 20 bytes; tm_anchor_root's.
tm_error tm_registry_of(const tm_anchor *anchor, uint8_t registry[20]);

#endif
