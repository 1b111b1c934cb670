// SPDX-License-Identifier: Apache-2.0
#ifndef TM_X509_EXTENSIONS_H
#define TM_X509_EXTENSIONS_H

#include "x509.h"

// list: the content of Extensions. Fills the certificate's fields from extensions on.
tm_error tm_x509_extensions_read(tm_bytes list, tm_certificate *certificate);

#endif
