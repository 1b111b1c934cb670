// SPDX-License-Identifier: Apache-2.0
#include "image_group.h"

static const tm_smp_command commands[] = {
    {TM_SMP_IMAGE_STATE, tm_image_state_read, tm_image_state_write},
    {TM_SMP_IMAGE_UPLOAD, NULL, tm_image_upload},
    {TM_SMP_IMAGE_ERASE, NULL, tm_image_erase},
    {TM_SMP_IMAGE_SLOT_INFO, tm_image_slot_info, NULL},
};

const tm_smp_group tm_image_group = {TM_SMP_GROUP_IMAGE, commands, sizeof commands / sizeof commands[0]};
