// SPDX-License-Identifier: Apache-2.0
import { keccak } from "./ethereum.ts";
import type { FlashMap, Layout, Model, Tree } from "./model.ts";
import { screaming } from "./names.ts";

/** Sections whose numbers are CBOR labels or algorithm identifiers, which may be negative: plain int. */
const SIGNED = new Set(["cose", "eat", "suit"]);

/** The section's part of a macro's name, where it is not the section's own name. */
const PREFIX: Readonly<Record<string, string>> = { limits: "LIMIT", words: "WORD" };

const define = (name: string, value: string | number): string => `#define TM_${name} ${value}`;
const unsigned = (value: number): string => `${value > 0xffff ? `0x${value.toString(16)}` : value}u`;
const signed = (value: number): string => (value < 0 ? `(${value})` : String(value));
const initializer = (bytes: Uint8Array): string =>
  `{ ${[...bytes].map((byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ")} }`;

function treeLines(prefix: string, tree: Tree, number: (value: number) => string): string[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    const full = `${prefix}_${screaming(name)}`;
    if (typeof value === "object") return treeLines(full, value, number);
    return [define(full, typeof value === "number" ? number(value) : JSON.stringify(value))];
  });
}

function layoutLines(prefix: string, { size, magic, fields }: Layout): string[] {
  const names = fields.map(({ name }) => `${prefix}_${screaming(name)}`);
  return [
    define(`${prefix}_BYTES`, unsigned(size)),
    ...(magic === undefined ? [] : [define(`${prefix}_MAGIC`, JSON.stringify(magic))]),
    ...fields.flatMap(({ offset, size: bytes }, index) => [
      define(`${names[index]}_OFFSET`, unsigned(offset)),
      define(`${names[index]}_BYTES`, unsigned(bytes)),
    ]),
    `_Static_assert(TM_${names.at(-1)}_OFFSET + TM_${names.at(-1)}_BYTES == TM_${prefix}_BYTES, "${prefix}");`,
  ];
}

const xMacro = (name: string, rows: readonly string[]): string[] => [
  `#define TM_${name}(X) \\`,
  ...rows.map((row, index) => `    X(${row})${index < rows.length - 1 ? " \\" : ""}`),
];

function flashLines({ port, numbers, regions }: FlashMap): string[] {
  const prefix = `FLASH_${screaming(port)}`;
  return [
    ...Object.entries(numbers).map(([name, value]) => define(`${prefix}_${screaming(name)}`, unsigned(value))),
    ...regions.flatMap(({ name, offset, size }) => {
      const region = `${prefix}_${screaming(name)}`;
      return [
        define(`${region}_OFFSET`, unsigned(offset)),
        define(`${region}_BYTES`, unsigned(size)),
        define(region, `{ TM_${region}_OFFSET, TM_${region}_BYTES }`),
      ];
    }),
  ];
}

const block = (title: string, lines: readonly string[]): string => `// -- ${title}\n${lines.join("\n")}\n`;

function renderHeader(model: Model): string {
  const sections = Object.entries(model.trees).map(([name, tree]) =>
    block(name, treeLines(PREFIX[name] ?? screaming(name), tree, SIGNED.has(name) ? signed : unsigned)),
  );
  const bytes = (prefix: string, values: Readonly<Record<string, Uint8Array>>): string[] =>
    Object.entries(values).map(([name, value]) => define(`${prefix}_${screaming(name)}`, initializer(value)));
  const typeHashes = { ...model.typedDomains, ...model.typedStructs };

  return [
    "// SPDX-License-Identifier: Apache-2.0",
    "// Written by protocol/generate.ts from protocol/protocol.json: edit that.",
    "#ifndef TM_GENERATED_PROTOCOL_H",
    "#define TM_GENERATED_PROTOCOL_H",
    "",
    block("outcomes: X(NAME, code, text); success is not zero", [
      define("OK", `0x${model.ok.toString(16)}u`),
      ...xMacro(
        "ERROR_TABLE",
        model.errors.map(({ name, code, text }) => `${name}, ${code}u, ${JSON.stringify(text)}`),
      ),
    ]),
    ...sections,
    block(
      "domain tags",
      Object.entries(model.domains).map(([name, tag]) => define(`DOMAIN_${screaming(name)}`, JSON.stringify(tag))),
    ),
    block(
      "object identifiers: contents octets, without tag and length",
      Object.entries(model.oids).flatMap(([name, { oid, contents }]) => [
        `// ${oid}`,
        define(`OID_${screaming(name)}`, initializer(contents)),
      ]),
    ),
    block("ERC-7201 base slots", bytes("SLOT_BASE", model.slots)),
    block("EIP-712 hashes", [
      ...Object.entries(typeHashes).map(([name, { typeHash }]) =>
        define(`TYPE_HASH_${screaming(name)}`, initializer(typeHash)),
      ),
      ...Object.entries(model.typedDomains).flatMap(([name, domain]) => [
        define(`NAME_HASH_${screaming(name)}`, initializer(keccak(domain.name))),
        define(`VERSION_HASH_${screaming(name)}`, initializer(keccak(domain.version))),
      ]),
    ]),
    ...model.words.map((word) => block(`word ${word.name}`, layoutLines(`WORD_${screaming(word.name)}`, word))),
    ...model.layouts.map((layout) => block(`layout ${layout.name}`, layoutLines(screaming(layout.name), layout))),
    ...model.flash.map((map) => block(`flash ${map.port}, bytes`, flashLines(map))),
    "#endif",
    "",
  ].join("\n");
}

/** The header. Two names that become the same macro are an error, whatever their values. */
export function renderC(model: Model): string {
  const header = renderHeader(model);
  const names = [...header.matchAll(/^#define (\w+)/gm)].map(([, name]) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`macros defined twice: ${twice.join(", ")}`);
  return header;
}
