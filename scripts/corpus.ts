// SPDX-License-Identifier: Apache-2.0
// `scripts/node scripts/corpus.ts FOLDER` writes every byte string of protocol/vectors as a file: what fuzzers start from.
import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Hexadecimal of at least 8 bytes, 0x or not. */
const BYTES = /"(?:0x)?((?:[0-9a-f]{2}){8,})"/gi;

const folder = process.argv[2] ?? "build/fuzz/corpus";
mkdirSync(folder, { recursive: true });
for (const file of globSync("protocol/vectors/*/*.json"))
  for (const [, hex = ""] of readFileSync(file, "utf8").matchAll(BYTES)) {
    const bytes = Buffer.from(hex, "hex");
    writeFileSync(join(folder, createHash("sha1").update(bytes).digest("hex")), bytes);
  }
