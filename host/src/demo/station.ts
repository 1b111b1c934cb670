// SPDX-License-Identifier: Apache-2.0
import { openLine } from "../station/line.ts";
import type { Station } from "../station/station.ts";
import { contractOf } from "./license.ts";
import { HARDWARE_MODEL, type World } from "./world.ts";

/** The one station of the demo. @param firmwareDigest manifest digest of what its units are flashed with */
export function stationOf(
  { authority, ledger, federation, chain, license, trust }: World,
  firmwareDigest: Uint8Array,
): Station {
  // A chain that mines a block a transaction runs ahead of the system's clock.
  const now = (): number => Math.max(Math.floor(Date.now() / 1000), authority.line.certificate.notBefore);
  const path = [authority.line.certificate.der, authority.root.certificate.der] as const;
  return {
    line: openLine(path, authority.line.signer, ledger, now()),
    ledger,
    registry: {
      contract: contractOf(chain, license.deployment, "registry", "maker"),
      devices: license.deployment.registry,
    },
    proofs: federation.sources,
    hardwareModel: HARDWARE_MODEL,
    firmwareDigest,
    trust,
    now,
  };
}
