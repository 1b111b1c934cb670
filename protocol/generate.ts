// SPDX-License-Identifier: Apache-2.0
// `node protocol/generate.ts` writes everything that is derived from protocol.json;
// `--check` writes nothing and fails where a file differs.
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { renderC } from "./generator/c.ts";
import { faults } from "./generator/check.ts";
import { renew, tables } from "./generator/markdown.ts";
import { loadModel } from "./generator/model.ts";
import { renderSolidity } from "./generator/solidity.ts";
import { renderTypeScript } from "./generator/typescript.ts";

const root = join(import.meta.dirname, "..");

function read(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}

const model = loadModel();
const wrong = faults(model);
if (wrong.length > 0) {
  console.error(`protocol.json:\n  ${wrong.join("\n  ")}`);
  process.exit(1);
}

const all = tables(model);
const outputs = new Map([
  ["firmware/core/generated/protocol.h", renderC(model)],
  ["host/src/protocol/generated.ts", renderTypeScript(model)],
  ["contracts/src/generated/Protocol.sol", renderSolidity(model)],
]);
for (const page of globSync(["README.md", "docs/**/*.md", "protocol/*.md"], { cwd: root }))
  outputs.set(page, renew(read(page) ?? "", all));

const stale = [...outputs].filter(([path, text]) => read(path) !== text);
if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is not what protocol.json says: run node protocol/generate.ts`);
  process.exit(stale.length > 0 ? 1 : 0);
}
for (const [path, text] of stale) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`wrote ${path}`);
}
