// SPDX-License-Identifier: Apache-2.0
#include "ecdsa.h"
#include "owner_signature.h"
#include "sign_in.h"
#include "touchmark_group.h"

static tm_error read_fields(const tm_smp_call *call, tm_sign_in *fields) {
    bool present;
    TM_TRY(tm_smp_tstr(call, "domain", &fields->domain));
    TM_TRY(tm_smp_tstr(call, "client", &fields->client));
    TM_TRY(tm_smp_tstr(call, "nonce", &fields->nonce));
    TM_TRY(tm_smp_uint64(call, "issuedAt", &present, &fields->issued_at));
    return present ? TM_OK : TM_ERROR_MESSAGE_FIELD;
}

// {domain, client, nonce: tstr, issuedAt: uint} -> {signature: bstr 65}
tm_error tm_touchmark_sign_in(tm_smp_call *call) {
    const tm_device *const device = &tm_the_device;
    tm_sign_in fields;
    uint8_t buf[TM_SIGN_IN_MESSAGE_BYTES];
    uint8_t digest[32];
    tm_bytes message;
    TM_TRY(tm_owner_signature_allowed(device));
    TM_TRY(read_fields(call, &fields));
    TM_TRY(tm_address(device->identity.public_key, fields.address));
    TM_TRY(tm_sign_in_message(&fields, buf, &message));
    tm_sign_in_digest(message, digest);
    return tm_owner_signature_answer(device, digest, call);
}
