// SPDX-License-Identifier: Apache-2.0
import source from "../protocol.json" with { type: "json" };
import { erc7201Base, type TypedStruct, typedStruct, typeHash } from "./ethereum.ts";
import { oidContents, uuidArc } from "./oid.ts";

/** Nested names down to integers and text: what needs no computation. */
export type Tree = { readonly [name: string]: number | string | Tree };

export interface Field {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** A byte layout: every field, in order, without gaps. */
export interface Layout {
  readonly name: string;
  readonly size: number;
  readonly magic?: string;
  readonly fields: readonly Field[];
}

export interface FlashMap {
  readonly port: string;
  /** Bytes and addresses that are not regions: eraseBytes, totalBytes, ramBase … */
  readonly numbers: Readonly<Record<string, number>>;
  readonly regions: readonly Field[];
}

export interface ProtocolError {
  readonly name: string;
  readonly code: number;
  readonly text: string;
  readonly remedy: string;
}

export interface Oid {
  readonly oid: string;
  /** Contents octets of the DER encoding, without tag and length. */
  readonly contents: Uint8Array;
}

export interface Domain {
  readonly name: string;
  readonly version: string;
  readonly fields: readonly string[];
  readonly typeHash: Uint8Array;
}

export interface Model {
  readonly ok: number;
  readonly trees: Readonly<Record<string, Tree>>;
  /** Closed sets numbered from 0 without gaps, shared by contracts and hosts. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly words: readonly Layout[];
  readonly layouts: readonly Layout[];
  readonly flash: readonly FlashMap[];
  readonly errors: readonly ProtocolError[];
  readonly hostErrors: readonly ProtocolError[];
  readonly oids: Readonly<Record<string, Oid>>;
  readonly domains: Readonly<Record<string, string>>;
  /** Name of the mapping → its ERC-7201 base slot. */
  readonly slots: Readonly<Record<string, Uint8Array>>;
  /** Slots and numbers of the registry's storage: the host's alone. */
  readonly registryStorage: { readonly numbers: Tree; readonly unit: Layout };
  readonly typedDomains: Readonly<Record<string, Domain>>;
  readonly typedStructs: Readonly<Record<string, TypedStruct>>;
}

/** Sections of protocol.json that are copied as they are. */
const TREES = [
  ...["limits", "smp", "life", "bootState", "cose", "eat", "mintingRecord", "signIn", "suit", "chain"],
  "delta",
];

/** Sections that are read one by one. */
const OTHERS = [
  "version",
  "ok",
  "uuidArc",
  "oids",
  "domains",
  "enums",
  "erc7201",
  "eip712",
  "words",
  "registryStorage",
  "flash",
  "layouts",
  "errors",
  "hostErrors",
];

type Json = string | number | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };
type Pair = [name: string, size: number];
type Region = [name: string, offset: number, size: number];

/** `[name, size]` pairs laid one after another. */
function laidOut(name: string, pairs: Pair[], size?: number, magic?: string): Layout {
  let offset = 0;
  const fields = pairs.map(([field, bytes]) => {
    offset += bytes;
    return { name: field, offset: offset - bytes, size: bytes };
  });
  return { name, size: size ?? offset, fields, ...(magic === undefined ? {} : { magic }) };
}

function withoutComments(node: JsonObject): Tree {
  const entries = Object.entries(node).filter(([name]) => name !== "comment");
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "object" ? withoutComments(value as JsonObject) : value]),
  );
}

function flashMap(port: string, all: Record<string, JsonObject>): FlashMap {
  const own = all[port] as JsonObject;
  const whole: JsonObject = typeof own.sameAs === "string" ? { ...all[own.sameAs], ...own } : own;
  const { regions, sameAs: _, ...numbers } = whole;
  return {
    port,
    numbers: Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)])),
    regions: (regions as Region[]).map(([name, offset, size]) => ({ name, offset, size })),
  };
}

const errorRows = (rows: Json): ProtocolError[] =>
  (rows as [string, number, string, string][]).map(([name, code, text, remedy]) => ({ name, code, text, remedy }));

const mapValues = <A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const strings = (node: JsonObject): Record<string, string> => withoutComments(node) as Record<string, string>;

/** Reads protocol.json and computes what follows from it: offsets, DER, slots, type hashes. */
export function loadModel(): Model {
  const json = source as unknown as Record<string, JsonObject>;
  const unknown = Object.keys(json).filter((name) => ![...TREES, ...OTHERS].includes(name));
  if (unknown.length > 0) throw new Error(`protocol.json: nothing reads ${unknown.join(", ")}`);
  const section = (name: string): JsonObject => json[name] ?? {};

  const wordEntries = Object.entries(section("words"));
  const arc = uuidArc(section("uuidArc").uuid as string);
  const eip712 = section("eip712");
  const { types, ...typedDomains } = eip712;
  const { unit, ...storageNumbers } = section("registryStorage");

  return {
    ok: Number(json.ok),
    trees: {
      words: Object.fromEntries(wordEntries.filter(([, value]) => !Array.isArray(value))) as Tree,
      ...Object.fromEntries(TREES.map((name) => [name, withoutComments(section(name))])),
    },
    enums: withoutComments(section("enums")) as Record<string, Record<string, number>>,
    words: wordEntries
      .filter(([, value]) => Array.isArray(value))
      .map(([name, value]) => laidOut(name, value as Pair[])),
    layouts: Object.entries(section("layouts"))
      .filter(([name]) => name !== "comment")
      .map(([name, value]) => {
        const { size, magic, fields } = value as { size: number; magic?: string; fields: Pair[] };
        return laidOut(name, fields, size, magic);
      }),
    flash: Object.keys(section("flash")).map((port) => flashMap(port, section("flash") as Record<string, JsonObject>)),
    errors: errorRows(json.errors as unknown as Json),
    hostErrors: errorRows(json.hostErrors as unknown as Json),
    oids: mapValues(section("oids") as Record<string, { oid?: string; arc?: number[] }>, (entry) => {
      const oid = entry.oid ?? [arc, ...(entry.arc ?? [])].join(".");
      return { oid, contents: oidContents(oid) };
    }),
    domains: strings(section("domains")),
    slots: mapValues(strings(section("erc7201")), erc7201Base),
    registryStorage: { numbers: withoutComments(storageNumbers), unit: laidOut("unit", unit as Pair[]) },
    typedDomains: mapValues(typedDomains as unknown as Record<string, Omit<Domain, "typeHash">>, (domain) => ({
      ...domain,
      typeHash: typeHash(domain.fields),
    })),
    typedStructs: mapValues(strings(types as JsonObject), typedStruct),
  };
}
