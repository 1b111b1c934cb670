// SPDX-License-Identifier: Apache-2.0
#ifndef TM_UTF8_H
#define TM_UTF8_H

#include "bytes.h"

// RFC 3629: shortest forms only, no surrogates, nothing above U+10FFFF.
bool tm_utf8_valid(tm_bytes text);

#endif
