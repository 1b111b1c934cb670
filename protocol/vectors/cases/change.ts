// SPDX-License-Identifier: Apache-2.0
// Small changes of a scenario, each leaving the rest as it is.
import type { Manifest } from "../../../host/src/protocol/suit-manifest.ts";
import type { TrustBlock } from "../../../host/src/protocol/trust-block.ts";
import { HONEST, type Release, type Scenario, type Spoil, type Unit } from "../lab/scenario.ts";

export const withSpoil = (spoil: Spoil, base: Scenario = HONEST): Scenario => ({ ...base, spoil });

export const withUnit = (unit: Partial<Unit>, base: Scenario = HONEST): Scenario => ({
  ...base,
  unit: { ...base.unit, ...unit },
});

export const withTrust = (trust: Partial<TrustBlock>, base: Scenario = HONEST): Scenario => ({
  ...base,
  unit: { ...base.unit, trust: { ...base.unit.trust, ...trust } },
  // The chain goes on as it was: only what the unit believes is another.
  witnessedBy: base.witnessedBy ?? base.unit.trust,
});

export const withRelease = (release: Partial<Release>, base: Scenario = HONEST): Scenario => ({
  ...base,
  release: { ...base.release, ...release },
});

export const withManifest = (manifest: Partial<Manifest>, base: Scenario = HONEST): Scenario =>
  withRelease({ manifest: { ...base.release.manifest, ...manifest } }, base);

export const withLicenseBlock = (license: Partial<Manifest["license"]>, base: Scenario = HONEST): Scenario =>
  withManifest({ license: { ...base.release.manifest.license, ...license } }, base);

/** The bytes with one bit of one byte turned; from the end where `at` is negative. */
export function flipped(bytes: Uint8Array, at: number, bit = 0): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ (1 << bit);
  return copy;
}

/** The one place where `from` stands, replaced. */
export function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const hex = Buffer.from(bytes).toString("hex");
  const at = hex.indexOf(from);
  if (at < 0 || at % 2 === 1 || hex.indexOf(from, at + 1) >= 0)
    throw new RangeError(`${from} does not stand there once`);
  return Uint8Array.from(Buffer.from(hex.slice(0, at) + to + hex.slice(at + from.length), "hex"));
}
