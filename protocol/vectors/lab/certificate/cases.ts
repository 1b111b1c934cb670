// SPDX-License-Identifier: Apache-2.0
// A vector is a good path spoiled in one place: the words for saying where.
import { createHash } from "node:crypto";
import { oids } from "../../../../host/src/protocol/generated.ts";
import { bits, boolean, octets, oid, sequence, text } from "../der.ts";
import {
  certificate,
  deviceParts,
  extension,
  lineParts,
  manufacturer,
  type NamedExtension,
  otaParts,
  type Parts,
  rootParts,
} from "./parts.ts";

export interface CertificateVector {
  readonly id: string;
  /** Fault ids of the threat model that it shows. */
  readonly faults: readonly string[];
  readonly title: string;
  readonly path: "device" | "ota";
  /** DER in hexadecimal, leaf first. */
  readonly certificates: readonly string[];
  /** SHA-256 of the root that the verifier is pinned to. */
  readonly rootHash: string;
  /** Unix seconds; absent: no validity is judged against a clock. */
  readonly at?: number;
  readonly expect: string;
}

type Spoiled = Omit<CertificateVector, "id" | "faults" | "expect">;
type Edit = (parts: Parts) => Parts;
type Change = Partial<Parts> | Edit;

export const pinned = certificate(rootParts);

/** @param faults ids with a space between them */
export function all(expect: string, faults: string, rows: Readonly<Record<string, Spoiled>>): CertificateVector[] {
  const ids = faults.split(" ").filter(Boolean);
  return Object.entries(rows).map(([id, { title, path: kind, certificates, rootHash, at }]) => ({
    id,
    faults: ids,
    title,
    path: kind,
    certificates,
    rootHash,
    ...(at !== undefined && { at }),
    expect,
  }));
}

export function path(kind: "device" | "ota", title: string, ders: readonly Uint8Array[], root = pinned): Spoiled {
  const certificates = ders.map((der) => Buffer.from(der).toString("hex"));
  return { title, path: kind, certificates, rootHash: createHash("sha256").update(root).digest("hex") };
}

/** An OTA path whose leaf is spoiled: the shortest, for what is the same in every certificate. @param at unix seconds */
export function ota(title: string, change: Change, at?: number): Spoiled {
  const vector = path("ota", title, [spoiled(otaParts, change), pinned]);
  return at === undefined ? vector : { ...vector, at };
}

export const device = (title: string, change: Change): Spoiled =>
  path("device", title, [spoiled(deviceParts, change), certificate(lineParts), pinned]);

export const line = (title: string, change: Change): Spoiled =>
  path("device", title, [certificate(deviceParts), spoiled(lineParts, change), pinned]);

/** The spoiled root is the pinned one. */
export function root(title: string, change: Change): Spoiled {
  const der = spoiled(rootParts, change);
  return path("ota", title, [certificate(otaParts), der], der);
}

// -- changes of extensions --------------------------------------------------------------------------

/** Replaces the extension of this name; adds it where there is none. */
export const swap = (name: keyof typeof oids, critical: boolean, value: Uint8Array): Edit =>
  replace(extension(name, critical, value));

export const drop =
  (name: keyof typeof oids): Change =>
  (parts) => ({ ...parts, extensions: parts.extensions?.filter((one) => one.name !== name) });

/** Adds whole Extensions, whatever they are. */
export const add =
  (...ders: readonly Uint8Array[]): Change =>
  (parts) => ({ ...parts, extensions: [...(parts.extensions ?? []), ...ders.map((der) => ({ name: "-", der }))] });

/** Replaces an extension by one whose `critical` is this byte, written out. */
export const swapCriticalByte = (name: keyof typeof oids, byte: number, value: Uint8Array): Change =>
  replace({ name, der: sequence(oid(oids[name].contents), boolean(byte), octets(value)) });

export const constraints = (...contents: readonly Uint8Array[]): Edit =>
  swap("basicConstraints", true, sequence(...contents));
export const usage = (unused: number, ...bytes: readonly number[]): Change =>
  swap("keyUsage", true, bits(unused, Uint8Array.from(bytes)));
export const purposes = (...contents: readonly string[]): Change =>
  swap("extendedKeyUsage", true, sequence(...contents.map(oid)));
export const maker = (...fields: Parameters<typeof manufacturer>): Change =>
  swap("touchmarkManufacturer", false, manufacturer(...fields));
export const names = (...generalNames: readonly Uint8Array[]): Change =>
  swap("subjectAltName", false, sequence(...generalNames));
export const uris = (...values: readonly string[]): Change => names(...values.map((value) => text(0x86, value)));

export const unknown = (contents: string, critical: boolean): Uint8Array =>
  sequence(oid(contents), ...(critical ? [boolean(0xff)] : []), octets(sequence()));

function replace(replacement: NamedExtension): Edit {
  return (parts) => {
    const list = parts.extensions ?? [];
    const at = list.findIndex(({ name }) => name === replacement.name);
    return { ...parts, extensions: at < 0 ? [...list, replacement] : list.toSpliced(at, 1, replacement) };
  };
}

function spoiled(parts: Parts, change: Change): Uint8Array {
  return certificate(typeof change === "function" ? change(parts) : { ...parts, ...change });
}
