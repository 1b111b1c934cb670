// SPDX-License-Identifier: Apache-2.0
// Runs ./scripts/demo and puts what it printed, word for word, between the README's transcript marks.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const README = new URL("../README.md", import.meta.url);
const BEGIN = "<!-- transcript of ./scripts/demo, recorded by npm run transcript -->\n";
const END = "<!-- end of transcript -->";

const demo = spawnSync("./scripts/demo 2>&1", { encoding: "utf8", shell: true, stdio: ["ignore", "pipe", "inherit"] });
if (demo.status !== 0) throw new Error(`./scripts/demo ended with ${demo.status}`);

const text = readFileSync(README, "utf8");
const from = text.indexOf(BEGIN);
const to = text.indexOf(END);
if (from < 0 || to < from) throw new Error("README.md has no transcript marks");
const block = `\`\`\`console\n$ ./scripts/demo\n${demo.stdout.trimEnd()}\n\`\`\`\n`;
writeFileSync(README, text.slice(0, from + BEGIN.length) + block + text.slice(to));
