// SPDX-License-Identifier: Apache-2.0
// An image on its way into a slot: hashed while it is written, marked in tm_progress behind every stride, and hashed
// again from flash at the end.
#ifndef TM_IMAGE_WRITER_H
#define TM_IMAGE_WRITER_H

#include "flash_stream.h"
#include "sha256.h"

typedef struct {
    tm_flash_stream stream;
    tm_sha256_state hash;
    uint32_t size;   // bytes of the whole image
    uint32_t marks;  // strides marked
} tm_image_writer;

// marks: strides that stand in the slot already; their bytes are hashed from flash. IMAGE_SIZE.
tm_error tm_image_writer_begin(tm_image_writer *writer, uint32_t slot, uint32_t size, uint32_t marks);

// IMAGE_SIZE beyond the size, FLASH_WRITE.
tm_error tm_image_writer_append(tm_image_writer *writer, tm_bytes bytes);

// IMAGE_SIZE before all bytes have come, IMAGE_DIGEST_MISMATCH for the bytes received, IMAGE_FLASH_MISMATCH for those
// that stand in flash.
tm_error tm_image_writer_finish(tm_image_writer *writer, const uint8_t digest[32]);

#endif
