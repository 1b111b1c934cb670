// SPDX-License-Identifier: Apache-2.0
#include "device.h"
#include "enroll_check.h"
#include "enrollment.h"
#include "touchmark_group.h"
#include "chunked.h"

typedef struct {
    uint8_t root[TM_LIMIT_CERTIFICATE_BYTES];
    uint8_t line[TM_LIMIT_CERTIFICATE_BYTES];
    uint8_t device[TM_LIMIT_CERTIFICATE_BYTES];
} certificates;

static tm_error take(const tm_source *object, tm_span span, uint8_t *to, tm_bytes *der) {
    TM_TRY(tm_source_read(object, span.off, to, span.len));
    *der = tm_bytes_of(to, span.len);
    return TM_OK;
}

static tm_error read_request(const tm_source *object, certificates *der, tm_enroll_request *request) {
    tm_enrollment parts;
    TM_TRY(tm_enrollment_read(object, &parts));
    TM_TRY(take(object, parts.root, der->root, &request->path.root));
    TM_TRY(take(object, parts.line, der->line, &request->path.line));
    TM_TRY(take(object, parts.device, der->device, &request->path.device));
    return tm_source_slice(object, parts.chain.off, parts.chain.len, &request->chain);
}

// Certificates first, trust last: a unit is enrolled once both cells stand, and until then takes the same again.
static tm_error store(tm_device *device, const tm_device_path *path, const tm_anchor *anchor) {
    static tm_identity identity;
    identity = device->identity;
    TM_TRY(tm_identity_enroll(&identity, path));
    TM_TRY(tm_identity_store(&identity, &device->identity_newest));
    TM_TRY(tm_device_learn(device, anchor));
    tm_device_load(device);
    return device->life == TM_LIFE_ENROLLED ? TM_OK : TM_ERROR_FLASH_WRITE;
}

static tm_error finish(tm_smp_call *call, const tm_source *object) {
    static certificates der;
    static tm_chain_buffer buffer;
    static tm_enroll_result result;
    tm_device *const device = &tm_the_device;
    const tm_unit unit = tm_device_unit(device);
    tm_enroll_request request;
    TM_TRY(read_request(object, &der, &request));
    const tm_error error = tm_enroll_check(&request, device->identity.public_key, &unit, &buffer, &result);
    if (result.challenge_used) tm_challenge_spend(&device->challenge);
    TM_TRY(error);
    TM_TRY(store(device, &request.path, &result.anchor));
    tm_cbor_put_map(&call->response, 1);
    tm_cbor_put_tstr(&call->response, "life");
    tm_cbor_put_uint(&call->response, device->life);
    return TM_OK;
}

// Chunks of an enrollment -> {life}
tm_error tm_touchmark_enroll(tm_smp_call *call) {
    TM_TRY(tm_device_provisioning(&tm_the_device));
    TM_TRY(tm_device_has_key(&tm_the_device));
    return tm_chunked(call, finish);
}
