// SPDX-License-Identifier: Apache-2.0
#include "image_writer.h"

#include "port.h"
#include "progress.h"
#include "source_hash.h"

#define STRIDE TM_LIMIT_PROGRESS_STRIDE
#define WINDOW 256u  // bytes

static tm_error hash_written(tm_image_writer *writer) {
    uint8_t window[WINDOW];
    for (uint32_t off = 0; off < writer->stream.len; off += WINDOW) {
        TM_TRY(port_flash_read(writer->stream.region.off + off, window, WINDOW));
        tm_sha256_update(&writer->hash, window, WINDOW);
    }
    return TM_OK;
}

tm_error tm_image_writer_begin(tm_image_writer *writer, uint32_t slot, uint32_t size, uint32_t marks) {
    const tm_region region = tm_slot_image_region(port_flash_map(), slot);
    if (size == 0 || size > region.size || marks > size / STRIDE) return TM_ERROR_IMAGE_SIZE;
    writer->size = size;
    writer->marks = marks;
    tm_sha256_init(&writer->hash);
    tm_flash_stream_begin(&writer->stream, region, marks * STRIDE);
    return hash_written(writer);
}

tm_error tm_image_writer_append(tm_image_writer *writer, tm_bytes bytes) {
    if (bytes.len > writer->size - writer->stream.len) return TM_ERROR_IMAGE_SIZE;
    tm_sha256_update(&writer->hash, bytes.ptr, bytes.len);
    TM_TRY(tm_flash_stream_append(&writer->stream, bytes));
    for (; writer->marks < writer->stream.len / STRIDE; writer->marks++) TM_TRY(tm_progress_mark(writer->marks));
    return TM_OK;
}

tm_error tm_image_writer_finish(tm_image_writer *writer, const uint8_t digest[32]) {
    uint8_t found[32];
    if (writer->stream.len != writer->size) return TM_ERROR_IMAGE_SIZE;
    tm_sha256_final(&writer->hash, found);
    if (!tm_equal(found, digest, sizeof found)) return TM_ERROR_IMAGE_DIGEST_MISMATCH;
    TM_TRY(tm_flash_stream_finish(&writer->stream));
    const tm_source image = tm_flash_source(writer->stream.region.off, writer->size);
    TM_TRY(tm_sha256_source(&image, found));
    return tm_equal(found, digest, sizeof found) ? TM_OK : TM_ERROR_IMAGE_FLASH_MISMATCH;
}
