// SPDX-License-Identifier: Apache-2.0
#include "device.h"
#include "ecdsa.h"
#include "launched.h"
#include "port.h"
#include "touchmark_group.h"

#define PROTOCOL_VERSION 1u  // of group 64's messages

static void put_address(tm_cbor_writer *out, const uint8_t address[20]) {
    tm_cbor_put_tstr(out, "address");
    tm_cbor_put_bstr(out, address, 20);
}

// {} -> {boot, chip, life, port, slot, class, debug, proto, digest, vendor, ?address, chainId, ?trouble, version}
tm_error tm_touchmark_hello(tm_smp_call *call) {
    const tm_device *const device = &tm_the_device;
    const tm_trust *const trust = &device->moving.anchor.trust;
    tm_cbor_writer *const out = &call->response;
    const bool born = tm_device_has_key(device) == TM_OK;
    const bool foreign = device->trouble == TM_ERROR_IDENTITY_FOREIGN;
    uint8_t chip_id[PORT_CHIP_ID_SIZE];
    uint8_t address[20];
    port_chip_id(chip_id);
    if (born) TM_TRY(tm_address(device->identity.public_key, address));
    tm_cbor_put_map(out, (born ? 13u : 12u) + (foreign ? 1u : 0u));
    tm_cbor_put_tstr(out, "boot");
    tm_cbor_put_uint(out, tm_launched()->reason);
    tm_cbor_put_tstr(out, "chip");
    tm_cbor_put_bstr(out, chip_id, sizeof chip_id);
    tm_cbor_put_tstr(out, "life");
    tm_cbor_put_uint(out, device->life);
    tm_cbor_put_tstr(out, "port");
    tm_cbor_put_tstr(out, port_name);
    tm_cbor_put_tstr(out, "slot");
    tm_cbor_put_uint(out, device->running.slot);
    tm_cbor_put_tstr(out, "class");
    tm_cbor_put_bstr(out, trust->class_id, sizeof trust->class_id);
    tm_cbor_put_tstr(out, "debug");
    tm_cbor_put_bool(out, port_counter_read(PORT_COUNTER_DEBUG) == 0);
    tm_cbor_put_tstr(out, "proto");
    tm_cbor_put_uint(out, PROTOCOL_VERSION);
    tm_cbor_put_tstr(out, "digest");
    tm_cbor_put_bstr(out, device->running.manifest_digest, sizeof device->running.manifest_digest);
    tm_cbor_put_tstr(out, "vendor");
    tm_cbor_put_bstr(out, trust->vendor_id, sizeof trust->vendor_id);
    if (born) put_address(out, address);
    tm_cbor_put_tstr(out, "chainId");
    tm_cbor_put_uint(out, trust->chain_id);
    if (foreign) {
        tm_cbor_put_tstr(out, "trouble");
        tm_cbor_put_uint(out, device->trouble);
    }
    tm_cbor_put_tstr(out, "version");
    tm_cbor_put_tstr(out, device->running.manifest.version);
    return TM_OK;
}
