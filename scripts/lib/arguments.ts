// SPDX-License-Identifier: Apache-2.0
// A script's arguments. Its usage is the comment at its head, from the second line on: --help prints that.
import { readFileSync } from "node:fs";
import { type ParseArgsConfig, parseArgs } from "node:util";

type Parsed<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>;

/** Ends the process after --help, with 0, and where an option is unknown or lacks its value, with 2. */
export function scriptArguments<const T extends ParseArgsConfig>(script: ImportMeta, config: T): Parsed<T> {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(usageOf(script.filename));
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usageOf(script.filename)}`);
    process.exit(2);
  }
}

/** The comment at the head of a script, without its SPDX line. */
export function usageOf(path: string): string {
  const [, ...lines] = readFileSync(path, "utf8").split("\n");
  const end = lines.findIndex((line) => !line.startsWith("//"));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ""))
    .join("\n");
}
