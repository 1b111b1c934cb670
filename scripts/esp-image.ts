// SPDX-License-Identifier: Apache-2.0
// scripts/node scripts/esp-image.ts --entry ADDRESS --segment ADDRESS:FILE … OUT: what the ESP32-C3's mask ROM loads.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { encodeEspImage } from "../host/src/protocol/esp-image.ts";

const { values, positionals } = parseArgs({
  options: { entry: { type: "string" }, segment: { type: "string", multiple: true } },
  allowPositionals: true,
});
const [out] = positionals;
if (values.entry === undefined || values.segment === undefined || out === undefined || positionals.length > 1) {
  console.error("usage: esp-image.ts --entry ADDRESS --segment ADDRESS:FILE … OUT");
  process.exit(2);
}
const segments = values.segment.map((argument) => {
  const [, address = "", path = ""] = /^([^:]+):(.+)$/.exec(argument) ?? [];
  return { address: Number(address), bytes: Uint8Array.from(readFileSync(path)) };
});
writeFileSync(out, encodeEspImage({ entry: Number(values.entry), segments }));
