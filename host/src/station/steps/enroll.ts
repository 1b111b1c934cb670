// SPDX-License-Identifier: Apache-2.0
import { completeTrust, type TrustBlock } from "../../protocol/trust-block.ts";
import { proveChainBlock } from "../../release/prove.ts";
import { requireSeparateSecrets } from "../../trust/separate-secrets.ts";
import type { Job, Station } from "../station.ts";
import { requireFactoryTrust, requireTrustFrom } from "./known-trust.ts";

/**
 * The unit takes root, line and its own certificate, after it has proved license and root to itself.
 * @param certificate DER of the device certificate
 * @returns the trust that the unit has taken, its floor as it was before; nothing where it had enrolled already
 * @throws the unit's refusal; TRUST_FOREIGN; CERT_KEY_MISMATCH where the cables are swapped; KEY_REFUSED where the root's
 *   key is a witness's or a recovery key, too; as proveChainBlock
 */
export async function enroll({ station, unit, hello }: Job, certificate: Uint8Array): Promise<TrustBlock | undefined> {
  let taken: TrustBlock | undefined;
  const { line, ledger, proofs, now } = station;
  const { chipId } = hello;
  if (hello.life === "enrolled") requireTrustFrom((await unit.state()).trust, station);
  else if (hello.life !== "locked") {
    const { trust } = await unit.state();
    const { der: root, manufacturer, publicKey } = line.root;
    requireSeparateSecrets(trust, publicKey);
    requireFactoryTrust(trust, station);
    ledger.events.add({ at: now(), subject: chipId, what: "enrolling", data: {} });
    taken = completeTrust(trust, manufacturer.manufacturerId, root);
    const chain = await proveChainBlock({ trust: taken, root: true }, proofs);
    await unit.enroll({ root, line: issuer(station, chipId), device: certificate, chain });
  }
  if (ledger.units.byChip(chipId)?.state === "issued") ledger.units.advance(chipId, "enrolled", now());
  return taken;
}

/** DER of the line that certified the chip; the station may have another by now. */
export function issuer({ ledger, line }: Station, chipId: string): Uint8Array {
  const unit = ledger.units.byChip(chipId);
  return (unit && ledger.certificates.get(unit.line)?.der) ?? line.certificate.der;
}
