// SPDX-License-Identifier: Apache-2.0
#ifndef TM_VERSION_H
#define TM_VERSION_H

// This program's own version, "MAJOR.MINOR.PATCH", given by the build.
extern const char tm_version[];

#endif
