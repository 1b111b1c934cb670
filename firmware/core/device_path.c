// SPDX-License-Identifier: Apache-2.0
#include "device_path.h"

#include <string.h>

#include "class_id.h"

typedef struct {
    tm_certificate root, line, device;
} path_certificates;

static tm_error read_path(const tm_device_path *path, path_certificates *c) {
    TM_TRY(tm_x509_parse(path->device, &c->device));
    TM_TRY(tm_x509_check_device(&c->device));
    TM_TRY(tm_x509_parse(path->line, &c->line));
    TM_TRY(tm_x509_check_line(&c->line));
    TM_TRY(tm_x509_parse(path->root, &c->root));
    return tm_x509_check_root(&c->root);
}

static tm_error check_link(const tm_certificate *child, const tm_certificate *parent) {
    TM_TRY(tm_x509_check_issued_by(child, parent));
    return tm_x509_verify_signed_by(child, parent->public_key);
}

static tm_error check_unit(const tm_certificate *device, const uint8_t device_key[33], const tm_trust *trust) {
    uint8_t class_id[16];
    if (device->chain_id != trust->chain_id) return TM_ERROR_CERT_MANUFACTURER;
    if (!tm_equal(device->public_key, device_key, 33)) return TM_ERROR_CERT_KEY_MISMATCH;
    tm_class_id(trust->vendor_id, device->hardware_model, class_id);
    return tm_equal(class_id, trust->class_id, sizeof class_id) ? TM_OK : TM_ERROR_CERT_MODEL_MISMATCH;
}

static int64_t later(int64_t a, int64_t b) {
    return a > b ? a : b;
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static tm_error check_once(const tm_device_path *path, const uint8_t device_key[33], const tm_trust *trust,
                           tm_device_path_facts *facts) {
    path_certificates c;
    TM_TRY(read_path(path, &c));
    TM_TRY(check_link(&c.device, &c.line));
    TM_TRY(check_link(&c.line, &c.root));
    TM_TRY(check_link(&c.root, &c.root));
    TM_TRY(check_unit(&c.device, device_key, trust));
    if (c.device.not_before < 0) return TM_ERROR_CERT_NOT_IN_FORCE;
    TM_TRY(tm_x509_check_time(&c.line, (uint64_t)c.device.not_before));
    memset(facts, 0, sizeof *facts);  // padding, too: results are compared whole
    facts->manufacturer_id = c.device.manufacturer_id;
    facts->not_before = later(c.device.not_before, later(c.line.not_before, c.root.not_before));
    facts->not_after = earlier(c.device.not_after, earlier(c.line.not_after, c.root.not_after));
    return TM_OK;
}

tm_error tm_device_path_check(const tm_device_path *path, const uint8_t device_key[33], const tm_trust *trust,
                              tm_device_path_facts *facts) {
    tm_device_path_facts again;
    TM_TRY(check_once(path, device_key, trust, facts));
    TM_TRY(check_once(path, device_key, trust, &again));
    return memcmp(facts, &again, sizeof again) == 0 ? TM_OK : TM_ERROR_INTERNAL;
}
