// SPDX-License-Identifier: Apache-2.0
import { fromHex } from "../bytes.ts";
import type { CborInput } from "../cbor.ts";
import { type OwnerConsent, word } from "../owner-consent.ts";

/** The fields of claim, pair or unpair. */
export function consentRequest(consent: OwnerConsent): CborInput {
  const token = word(consent.token);
  const { limits } = consent;
  const subject = consent.kind === "claim" ? { owner: fromHex(consent.owner) } : { vehicle: word(consent.vehicle) };
  return { token, ...subject, ...(limits && { nonce: limits.nonce, deadline: limits.deadline }) };
}
