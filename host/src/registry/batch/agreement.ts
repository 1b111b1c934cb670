// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { TouchmarkError } from "../../errors.ts";
import type { RegistryBackend } from "../backend/backend.ts";
import { findDevice, type RegisteredUnit } from "../register.ts";
import { ATTEMPTS, type BatchClient } from "./client.ts";
import { several } from "./several.ts";

/**
 * One node that lies in everything cannot be told from the chain: another has to say the same. It may be some blocks
 * behind.
 * @throws CHAIN_DISAGREES, REGISTRATION_MISMATCH, CHAIN_UNREACHABLE
 */
export async function requireAgreement(
  { manufacturerId, terms }: BatchClient,
  second: RegistryBackend,
  registered: readonly RegisteredUnit[],
): Promise<void> {
  await several(registered, async ({ address, tokenId }) => {
    for (let attempt = 1; ; attempt += 1) {
      const device = await findDevice(second, manufacturerId, address);
      if (device?.tokenId === tokenId) return;
      const data = { address, first: `${tokenId}`, second: `${device?.tokenId}` };
      if (attempt === ATTEMPTS) throw new TouchmarkError("CHAIN_DISAGREES", { data });
      await sleep(terms.poll);
    }
  });
}
