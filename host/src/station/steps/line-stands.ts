// SPDX-License-Identifier: Apache-2.0
import { verifyChain } from "../../authority/verify-chain.ts";
import { isTouchmarkError } from "../../errors.ts";
import { registeredBlock } from "../../registry/registered-block.ts";
import type { Job } from "../station.ts";
import { issuer } from "./enroll.ts";

/**
 * Was the line that certified the unit revoked since? Then its certificate counts only where the unit was registered
 * before the revocation's block: anything more that the station did for it would be for a unit that nobody accepts.
 * @param certificate DER of the device certificate @throws CERT_REVOKED, CHAIN_UNREACHABLE
 */
export async function requireLineStands({ station, hello }: Job, certificate: Uint8Array): Promise<void> {
  const { crl, root } = station.line;
  if (!crl) return;
  const path = [certificate, issuer(station, hello.chipId), root.der];
  try {
    verifyChain("device", path, { crl });
  } catch (error) {
    if (!isTouchmarkError(error, "CERT_REVOKED")) throw error;
    const { leaf, address } = verifyChain("device", path);
    const block = await registeredBlock(station.registry.contract, leaf.manufacturer.manufacturerId, address);
    if (block === undefined) throw error;
    verifyChain("device", path, { crl, registeredBlock: block });
  }
}
