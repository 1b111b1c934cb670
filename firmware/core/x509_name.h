// SPDX-License-Identifier: Apache-2.0
#ifndef TM_X509_NAME_H
#define TM_X509_NAME_H

#include "x509.h"

// Takes a Name off rest. DER_MALFORMED; CERT_PROFILE for another shape, attribute, string type or length.
tm_error tm_x509_name_read(tm_bytes *rest, tm_x509_name *name);

#endif
