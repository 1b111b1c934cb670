// SPDX-License-Identifier: Apache-2.0
// Whom a unit trusts stands in its flash, in no manifest: whoever writes a factory image, or a blank unit, writes it too.
// A station lets none enroll or lock but with the trust of its own factory image.
import { TouchmarkError } from "../../errors.ts";
import { toHex } from "../../protocol/bytes.ts";
import { completeTrust, isComplete, type TrustBlock } from "../../protocol/trust-block.ts";
import type { Station } from "../station.ts";

/** What lock burns in. */
const CONSTANT = [
  "chainId",
  "manufacturerId",
  "vendorId",
  "classId",
  "recoveryThreshold",
  "recoveryKeys",
] as const satisfies readonly (keyof TrustBlock)[];

/** What trust statements change. */
const MOVING = [
  "board",
  "boardCodeHash",
  "rootHash",
  "epoch",
  "witnessThreshold",
  "witnesses",
] as const satisfies readonly (keyof TrustBlock)[];

/** Of a unit that has still to enroll: no statement was ever for it. @throws TRUST_FOREIGN */
export function requireFactoryTrust(trust: TrustBlock, station: Pick<Station, "trust" | "line">): void {
  const expected = isComplete(trust) ? completed(station) : station.trust;
  requireSame(trust, expected, [...CONSTANT, ...MOVING]);
}

/** Of a unit that enrolled with it: statements may have moved it on since. @throws TRUST_FOREIGN */
export function requireTrustFrom(trust: TrustBlock, station: Pick<Station, "trust" | "line">): void {
  const moved = trust.epoch > station.trust.epoch;
  requireSame(trust, completed(station), moved ? CONSTANT : [...CONSTANT, ...MOVING]);
}

/** As the factory image's, once the unit has enrolled. */
export function completed({ trust, line }: Pick<Station, "trust" | "line">): TrustBlock {
  return completeTrust(trust, line.root.manufacturer.manufacturerId, line.root.der);
}

function requireSame(trust: TrustBlock, expected: TrustBlock, names: readonly (keyof TrustBlock)[]): void {
  const differs = names.filter((name) => text(trust[name]) !== text(expected[name]));
  if (differs.length > 0) throw new TouchmarkError("TRUST_FOREIGN", { data: { differs } });
}

function text(value: TrustBlock[keyof TrustBlock]): string {
  if (value instanceof Uint8Array) return toHex(value);
  return Array.isArray(value) ? value.map(toHex).join() : String(value);
}
