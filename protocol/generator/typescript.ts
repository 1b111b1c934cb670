// SPDX-License-Identifier: Apache-2.0
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Field, Layout, Model, ProtocolError } from "./model.ts";

const hex = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;

const constant = (comment: string, name: string, value: unknown): string =>
  `/** ${comment} */\nexport const ${name} = ${JSON.stringify(value, null, 2).replaceAll(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:")} as const;\n`;

const byName = <T extends { name: string }, V>(rows: readonly T[], change: (row: T) => V): Record<string, V> =>
  Object.fromEntries(rows.map((row) => [row.name, change(row)]));

const place = ({ offset, size }: Field): { offset: number; size: number } => ({ offset, size });
const layout = ({ size, magic, fields }: Layout): object => ({ size, magic, fields: byName(fields, place) });
const error = ({ code, text, remedy }: ProtocolError): object => ({ code, text, remedy });

const values = <A>(record: Readonly<Record<string, A>>, change: (value: A) => unknown): object =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

export function renderTypeScript(model: Model): string {
  const { words, ...trees } = model.trees;

  return [
    "// SPDX-License-Identifier: Apache-2.0",
    "// Written by protocol/generate.ts from protocol/protocol.json: edit that.",
    "",
    constant("Outcomes of the device. The same names stand in C.", "deviceErrors", byName(model.errors, error)),
    constant("Outcomes of the host alone.", "hostErrors", byName(model.hostErrors, error)),
    "export type DeviceErrorName = keyof typeof deviceErrors;",
    "export type HostErrorName = keyof typeof hostErrors;",
    "export type ErrorName = DeviceErrorName | HostErrorName;",
    "",
    ...Object.entries(trees).map(([name, tree]) => constant(`protocol.json: ${name}.`, name, tree)),
    constant("Enums of the contracts.", "enums", model.enums),
    constant("Words on chain: numbers and byte layouts.", "words", { ...words, layouts: byName(model.words, layout) }),
    constant(
      "Byte layouts: offsets and sizes in bytes, integers big-endian.",
      "layouts",
      byName(model.layouts, layout),
    ),
    constant(
      "Flash maps by port: offsets and sizes in bytes.",
      "flash",
      Object.fromEntries(
        model.flash.map(({ port, numbers, regions }) => [port, { ...numbers, regions: byName(regions, place) }]),
      ),
    ),
    constant("Prefix of every hash and MAC of ours.", "domains", model.domains),
    constant(
      "Object identifiers; contents = DER without tag and length, hex.",
      "oids",
      values(model.oids, ({ oid, contents }) => ({ oid, contents: bytesToHex(contents) })),
    ),
    constant("ERC-7201 base slots.", "slotBases", values(model.slots, hex)),
    constant("DeviceRegistry's storage: slots, states, and the packed unit.", "registryStorage", {
      ...model.registryStorage.numbers,
      unit: layout(model.registryStorage.unit),
    }),
    constant(
      "EIP-712 domains.",
      "typedDomains",
      values(model.typedDomains, ({ name, version, fields, typeHash }) => ({
        name,
        version,
        fields,
        typeHash: hex(typeHash),
      })),
    ),
    constant(
      "EIP-712 structs.",
      "typedStructs",
      values(model.typedStructs, (struct) => ({ ...struct, typeHash: hex(struct.typeHash) })),
    ),
  ].join("\n");
}
