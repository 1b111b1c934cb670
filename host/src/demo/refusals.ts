// SPDX-License-Identifier: Apache-2.0
// Bundles that a unit must not take. The unit decides; its running firmware has to be unharmed; and the host's verifier,
// given the unit's exported state, has to say the same.
import type { UnitClient } from "../device/unit-client.ts";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { decodeBundle, encodeBundle } from "../protocol/bundle.ts";
import { equalBytes, toHex } from "../protocol/bytes.ts";
import { decodeChain, encodeChain } from "../protocol/chain.ts";
import type { ErrorName } from "../protocol/generated.ts";
import { verifyBundle } from "../verify/bundle.ts";

export interface Refusal {
  readonly case: string;
  readonly code: ErrorName;
}

export interface RefusalCase {
  readonly name: string;
  readonly bundle: Uint8Array;
  readonly expected: ErrorName;
}

/** @throws INTERNAL where the unit takes it, refuses otherwise, is harmed, or the host's verifier disagrees */
export async function showRefusal(
  unit: UnitClient,
  { name, bundle, expected }: RefusalCase,
  root: Uint8Array,
): Promise<Refusal> {
  const before = await unit.state();
  const code = await refusalOf(unit, bundle);
  const predicted = verifyBundle(before, bundle, { root }).verdict;
  const after = await unit.hello();
  const unharmed =
    equalBytes(after.digest, before.digest) && after.version === before.version && after.life === "locked";
  if (code !== expected || predicted !== code || !unharmed) {
    const data = { case: name, code, expected, predicted, runs: after.version, digest: toHex(after.digest) };
    throw new TouchmarkError("INTERNAL", { data });
  }
  return { case: name, code };
}

async function refusalOf(unit: UnitClient, bundle: Uint8Array): Promise<ErrorName | "OK"> {
  try {
    await unit.upload(bundle);
    return "OK";
  } catch (error) {
    if (isTouchmarkError(error) && error.data["from"] === "unit") return error.code;
    throw error;
  }
}

/** The last byte of the image, flipped. */
export function tamperedImage(bundle: Uint8Array): Uint8Array {
  const altered = Uint8Array.from(bundle);
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 0xff;
  return altered;
}

/** With one witness less than it has. */
export function withFewerWitnesses(bundle: Uint8Array): Uint8Array {
  const parts = decodeBundle(bundle);
  const chain = decodeChain(parts.chain);
  return encodeBundle({ ...parts, chain: encodeChain({ ...chain, witnesses: chain.witnesses.slice(1) }) });
}
