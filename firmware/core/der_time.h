// SPDX-License-Identifier: Apache-2.0
// UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 narrows them: seconds present, Z, UTCTime for 1950 to 2049
// and GeneralizedTime from 2050.
#ifndef TM_DER_TIME_H
#define TM_DER_TIME_H

#include "der.h"

// seconds: unix, below zero before 1970. DER_MALFORMED for what is no date, CERT_PROFILE for the wrong one of the two.
tm_error tm_der_time(tm_bytes *rest, int64_t *seconds);

#endif
