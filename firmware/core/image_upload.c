// SPDX-License-Identifier: Apache-2.0
#include "image_group.h"
#include "install.h"
#include "sha256.h"

#define SHA_BYTES 32u

// Apache's mcumgr leaves sha out where its first chunk would be too short beside it: then the chunk names the upload.
static const uint8_t *name_of(const tm_install_chunk *chunk, tm_bytes sha) {
    static uint8_t name[TM_SHA256_SIZE];
    if (chunk->off > 0 || sha.len == SHA_BYTES) return sha.ptr;
    tm_sha256(chunk->data.ptr, chunk->data.len, name);
    return name;
}

// {off, data, ?image: 0, ?len, ?sha: bstr32} -> {off: expected next, ?match: true at the end}
// sha names the upload, or else the first chunk does; the image is judged by the digest that the manifest signs.
tm_error tm_image_upload(tm_smp_call *call) {
    tm_install_chunk chunk = {.sha = NULL};
    tm_bytes sha;
    uint32_t image, next;
    TM_TRY(tm_smp_uint(call, "image", 0, &image));
    TM_TRY(tm_smp_uint(call, "off", UINT32_MAX, &chunk.off));
    TM_TRY(tm_smp_uint(call, "len", 0, &chunk.len));
    TM_TRY(tm_smp_bstr(call, "sha", &sha));
    TM_TRY(tm_smp_bstr(call, "data", &chunk.data));
    if (image != 0 || chunk.off == UINT32_MAX || chunk.data.ptr == NULL) return TM_ERROR_MESSAGE_FIELD;
    if (sha.ptr != NULL && sha.len != SHA_BYTES) return TM_ERROR_MESSAGE_FIELD;
    chunk.sha = name_of(&chunk, sha);
    TM_TRY(tm_install_take(&chunk, &next));
    const bool done = tm_install_passed() != NULL;
    tm_cbor_put_map(&call->response, done ? 2 : 1);
    tm_cbor_put_tstr(&call->response, "off");
    tm_cbor_put_uint(&call->response, next);
    if (done) {
        tm_cbor_put_tstr(&call->response, "match");
        tm_cbor_put_bool(&call->response, true);
    }
    return TM_OK;
}
