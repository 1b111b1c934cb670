// SPDX-License-Identifier: Apache-2.0
// A vector file: one base, and cases as edits of it with the verdict that both verifiers give. JSON, bytes in hexadecimal.
import { fromHex, toHex } from "../../../host/src/protocol/bytes.ts";
import type { ErrorName } from "../../../host/src/protocol/generated.ts";
import { encodeTrustBlock } from "../../../host/src/protocol/trust-block.ts";
import type { Unit } from "./scenario.ts";

export type Step = "bundle" | "notice" | "rotate" | "lock" | "enroll";
export type Expected = "OK" | ErrorName;

/** A unit's state, its root certificate and its challenge. */
export interface UnitJson {
  readonly trust: string;
  readonly rollback: number;
  readonly sequence: number;
  readonly digest: string;
  readonly securityVersion: number;
  readonly root: string;
  readonly challenge?: string;
  /** The image that it runs, for deltas. */
  readonly image?: string;
}

/** At an offset of the base, so many bytes give way to these. */
export type Edit = readonly [at: number, remove: number, insert: string];

export interface CaseJson {
  /** With the fault's id of the threat model in front, where it shows one. */
  readonly title: string;
  readonly expect: Expected;
  readonly edit?: Edit;
  /** Where it differs from the file's. */
  readonly unit?: Partial<UnitJson>;
}

export interface VectorFile {
  readonly about: string;
  readonly step: Step;
  readonly unit: UnitJson;
  readonly base: string;
  /** The running release's signed parts, for lock. */
  readonly running?: { readonly authentication: string; readonly manifest: string };
  readonly cases: readonly CaseJson[];
}

export function unitJson(unit: Unit): UnitJson {
  const { trust, rollback, sequence, digest, securityVersion, root, challenge, image } = unit;
  return {
    trust: toHex(encodeTrustBlock(trust)),
    rollback,
    sequence,
    digest: toHex(digest),
    securityVersion,
    root: toHex(root),
    ...(challenge === undefined ? {} : { challenge: toHex(challenge) }),
    ...(image === undefined ? {} : { image: toHex(image) }),
  };
}

/** The one edit that makes `bytes` of `base`; undefined where they are the same. */
export function editOf(base: Uint8Array, bytes: Uint8Array): Edit | undefined {
  const shorter = Math.min(base.length, bytes.length);
  let head = 0;
  while (head < shorter && base[head] === bytes[head]) head++;
  let tail = 0;
  while (tail < shorter - head && base[base.length - 1 - tail] === bytes[bytes.length - 1 - tail]) tail++;
  const insert = bytes.subarray(head, bytes.length - tail);
  const remove = base.length - tail - head;
  return remove === 0 && insert.length === 0 ? undefined : [head, remove, toHex(insert)];
}

export function applyEdit(base: Uint8Array, edit: Edit | undefined): Uint8Array {
  if (edit === undefined) return base;
  const [at, remove, insert] = edit;
  return Buffer.concat([base.subarray(0, at), fromHex(insert), base.subarray(at + remove)]);
}
