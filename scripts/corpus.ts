// SPDX-License-Identifier: Apache-2.0
// `scripts/node scripts/corpus.ts FOLDER` writes every byte string of protocol/vectors as a file, and a
// root that names a registry, which no vector has: what fuzzers start from.
import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { certificate, extension, rootParts } from "../protocol/vectors/lab/certificate/parts.ts";
import { octets } from "../protocol/vectors/lab/der.ts";

/** Hexadecimal of at least 8 bytes, 0x or not. */
const BYTES = /"(?:0x)?((?:[0-9a-f]{2}){8,})"/gi;

const folder = process.argv[2] ?? "build/fuzz/corpus";
mkdirSync(folder, { recursive: true });
const write = (bytes: Uint8Array): void =>
  writeFileSync(join(folder, createHash("sha1").update(bytes).digest("hex")), bytes);

for (const file of globSync("protocol/vectors/*/*.json"))
  for (const [, hex = ""] of readFileSync(file, "utf8").matchAll(BYTES)) write(Buffer.from(hex, "hex"));

const registry = extension("touchmarkRegistry", false, octets(new Uint8Array(20).fill(0x5c)));
write(certificate({ ...rootParts, extensions: [...(rootParts.extensions ?? []), registry] }));
