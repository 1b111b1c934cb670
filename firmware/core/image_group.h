// SPDX-License-Identifier: Apache-2.0
// SMP group 1: images, as MCUmgr's clients know them. hash is the manifest digest.
#ifndef TM_IMAGE_GROUP_H
#define TM_IMAGE_GROUP_H

#include "smp.h"

tm_error tm_image_state_read(tm_smp_call *call);
tm_error tm_image_state_write(tm_smp_call *call);
tm_error tm_image_upload(tm_smp_call *call);
tm_error tm_image_erase(tm_smp_call *call);
tm_error tm_image_slot_info(tm_smp_call *call);

extern const tm_smp_group tm_image_group;

#endif
