// SPDX-License-Identifier: Apache-2.0
import { bytesToHex } from "@noble/hashes/utils.js";
import { keccak } from "./ethereum.ts";
import type { Layout, Model, Tree } from "./model.ts";
import { screaming } from "./names.ts";

const ON_CHAIN_DOMAINS = ["deviceLeaf"];

const constant = (type: string, name: string, value: string | number): string =>
  `    ${type} internal constant ${name} = ${value};`;
const bytes32 = (name: string, value: Uint8Array): string => constant("bytes32", name, `0x${bytesToHex(value)}`);

/** Bits to shift right so that the field stands at the low end of the word. */
const shifts = ({ name, size, fields }: Layout): string[] =>
  fields.map((field) =>
    constant("uint256", `${screaming(name)}_${screaming(field.name)}_SHIFT`, 8 * (size - field.offset - field.size)),
  );

const pascal = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const enumeration = (name: string, members: Readonly<Record<string, number>>): string =>
  [
    `enum ${pascal(name)} {`,
    Object.keys(members)
      .map((member) => `    ${pascal(member)}`)
      .join(",\n"),
    "}",
    "",
  ].join("\n");

const numbers = (prefix: string, tree: Tree): string[] =>
  Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "object"
      ? numbers(`${prefix}${screaming(name)}_`, value)
      : [constant("uint256", `${prefix}${screaming(name)}`, value)],
  );

export function renderSolidity(model: Model): string {
  return [
    "// SPDX-License-Identifier: Apache-2.0",
    "// Written by protocol/generate.ts from protocol/protocol.json: edit that.",
    "pragma solidity ^0.8.30;",
    "",
    ...Object.entries(model.enums).map(([name, members]) => enumeration(name, members)),
    "/// @title Numbers that contracts share with devices and hosts",
    "library Protocol {",
    "    // Words: layout number, statuses, lease",
    ...numbers("", model.trees.words ?? {}),
    "",
    "    // Words: bits below each field",
    ...model.words.flatMap(shifts),
    "",
    "    // ERC-7201 base slots",
    ...Object.entries(model.slots).map(([name, slot]) => bytes32(`${screaming(name)}_SLOT_BASE`, slot)),
    "",
    "    // keccak256 of the domain tags used on chain",
    ...ON_CHAIN_DOMAINS.map((name) => bytes32(`${screaming(name)}_DOMAIN`, keccak(model.domains[name] ?? ""))),
    "",
    "    // EIP-712 type hashes",
    ...Object.entries(model.typedStructs).map(([name, { typeHash }]) =>
      bytes32(`${screaming(name)}_TYPE_HASH`, typeHash),
    ),
    "}",
    "",
  ].join("\n");
}
