// SPDX-License-Identifier: Apache-2.0
// The vectors of bundles, chains, tries and trust statements, as questions for either verifier.
import { readdirSync, readFileSync } from "node:fs";
import { fromHex } from "../../host/src/protocol/bytes.ts";
import { CborFields } from "../../host/src/protocol/cbor-fields.ts";
import { decodeTrustBlock } from "../../host/src/protocol/trust-block.ts";
import { verifyBundle } from "../../host/src/verify/bundle.ts";
import { verifyEnroll, verifyLock, verifyNotice, verifyRotate } from "../../host/src/verify/chain.ts";
import type { Verdict } from "../../host/src/verify/verdict.ts";
import { applyEdit, type CaseJson, type VectorFile } from "../../protocol/vectors/lab/vector-file.ts";
import type { DeviceVerdict, Question } from "./tm-verdict.ts";

const folder = new URL("../../protocol/vectors/", import.meta.url);

export const vectorPaths: readonly string[] = ["bundle", "chain", "trie", "trust"].flatMap((format) =>
  readdirSync(new URL(format, folder)).map((file) => `${format}/${file}`),
);

export function readVectors(path: string): { text: string; file: VectorFile } {
  const text = readFileSync(new URL(path, folder), "utf8");
  return { text, file: JSON.parse(text) as VectorFile };
}

export function questionOf({ step, unit, base, running }: VectorFile, entry: CaseJson): Question {
  const parts = running && {
    authentication: fromHex(running.authentication),
    manifest: fromHex(running.manifest),
  };
  const input = applyEdit(fromHex(base), entry.edit);
  return { step, unit: { ...unit, ...entry.unit }, input, ...(parts && { running: parts }) };
}

/** The verdict of the TypeScript verifier. */
export function hostVerdict({ step, unit, input, running }: Question): DeviceVerdict {
  const state = { ...unit, trust: decodeTrustBlock(fromHex(unit.trust)), digest: fromHex(unit.digest) };
  const challenge = unit.challenge === undefined ? {} : { challenge: fromHex(unit.challenge) };
  const base = unit.image === undefined ? {} : { base: fromHex(unit.image) };
  const options = { root: fromHex(unit.root), ...challenge, ...base };
  const verdict = (): Verdict => {
    if (step === "bundle") return verifyBundle(state, input, options);
    if (step === "notice") return verifyNotice(state, input, options);
    if (step === "rotate") return verifyRotate(state, input, options);
    if (step === "enroll") return enroll(state, input, options);
    if (running === undefined) throw new RangeError("lock needs the running release");
    return verifyLock(state, input, running, options);
  };
  const { verdict: name, anchor } = verdict();
  return { verdict: name, floor: anchor.trust.floorNumber, epoch: anchor.trust.epoch };
}

function enroll(
  state: Parameters<typeof verifyEnroll>[0],
  input: Uint8Array,
  options: Parameters<typeof verifyEnroll>[3],
): Verdict {
  const item = CborFields.open(input, "MESSAGE_FIELD").array(5, 5);
  item.expect(1);
  const [root, line, device, chain] = [0, 1, 2, 3].map(() => item.bytes(1, input.length));
  if (root === undefined || line === undefined || device === undefined || chain === undefined) throw item.refusal();
  return verifyEnroll(state, chain, { line, device }, { ...options, root });
}
