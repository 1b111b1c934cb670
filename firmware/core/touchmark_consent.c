// SPDX-License-Identifier: Apache-2.0
// claim, pair and unpair: the same steps over three structures.
#include "consent.h"
#include "owner_signature.h"
#include "registry.h"
#include "touchmark_group.h"

// Both or neither: nonce and deadline make it our structure, without them it is DIMO's.
static tm_error read_limits(const tm_smp_call *call, tm_consent *consent) {
    bool has_nonce, has_deadline;
    TM_TRY(tm_smp_uint64(call, "nonce", &has_nonce, &consent->nonce));
    TM_TRY(tm_smp_uint64(call, "deadline", &has_deadline, &consent->deadline));
    consent->dimo = !has_nonce;
    if (has_nonce != has_deadline) return TM_ERROR_MESSAGE_FIELD;
    return consent->dimo && consent->kind == TM_CONSENT_UNPAIR ? TM_ERROR_MESSAGE_FIELD : TM_OK;
}

static tm_error read_consent(const tm_smp_call *call, tm_consent_kind kind, tm_consent *consent) {
    *consent = (tm_consent){.kind = kind};
    TM_TRY(tm_smp_bstr_fixed(call, "token", consent->token, sizeof consent->token));
    if (kind == TM_CONSENT_CLAIM) TM_TRY(tm_smp_bstr_fixed(call, "owner", consent->owner, sizeof consent->owner));
    else TM_TRY(tm_smp_bstr_fixed(call, "vehicle", consent->vehicle, sizeof consent->vehicle));
    return read_limits(call, consent);
}

static tm_error answer(tm_smp_call *call, tm_consent_kind kind) {
    tm_device *const device = &tm_the_device;
    tm_consent consent;
    uint8_t registry[20];
    uint8_t digest[32];
    TM_TRY(tm_owner_signature_allowed(device));
    TM_TRY(read_consent(call, kind, &consent));
    TM_TRY(tm_registry_of(&device->moving.anchor, registry));
    tm_consent_digest(&consent, device->moving.anchor.trust.chain_id, registry, digest);
    TM_TRY(kind == TM_CONSENT_CLAIM ? tm_device_count_claim(device) : tm_device_count_pair(device));
    return tm_owner_signature_answer(device, digest, call);
}

// {token: bstr 32, owner: bstr 20, ?nonce, ?deadline} -> {signature}
tm_error tm_touchmark_claim(tm_smp_call *call) {
    return answer(call, TM_CONSENT_CLAIM);
}

// {token: bstr 32, vehicle: bstr 32, ?nonce, ?deadline} -> {signature}
tm_error tm_touchmark_pair(tm_smp_call *call) {
    return answer(call, TM_CONSENT_PAIR);
}

// {token: bstr 32, vehicle: bstr 32, nonce, deadline} -> {signature}
tm_error tm_touchmark_unpair(tm_smp_call *call) {
    return answer(call, TM_CONSENT_UNPAIR);
}
