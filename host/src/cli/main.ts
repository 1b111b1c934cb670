#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// `touchmark GROUP VERB`: prints what a verb gives back. Exit codes: 0 done, 1 refused or failed, 2 called wrongly,
// 130 interrupted.
import yargs, { type Argv } from "yargs";
import { isTouchmarkError, TouchmarkError } from "../errors.ts";
import { groups, singles } from "./commands.ts";
import { terminal } from "./io.ts";
import { describeError, toJson } from "./print.ts";
import type { Verb } from "./verb.ts";

const EXIT = { ok: 0, refused: 1, usage: 2, interrupted: 130 } as const;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    process.stderr.write(`\n${describeError(new TouchmarkError("INTERRUPTED"))}\n`);
    // Children are killed as this process exits.
    process.exit(EXIT.interrupted);
  });
}

// Whoever reads has enough, as head: what is left unsaid is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

await cli(process.argv.slice(2)).parseAsync();

function cli(words: readonly string[]): Argv {
  const commands = yargs([...words])
    .scriptName("touchmark")
    .usage("$0 GROUP VERB: firmware and OTA signing for a DIMO manufacturer")
    .option("json", { type: "boolean", default: false, global: true, describe: "Print the result as JSON" })
    .strict()
    .demandCommand(1, "Name a command; --help lists them.")
    .version(false)
    .help()
    .wrap(null)
    .fail((message, error, parser) => {
      if (error) throw error;
      process.stderr.write(`USAGE: ${message}\n\n`);
      parser.showHelp("error");
      if (words.includes("--json")) process.stdout.write(errorJson(new TouchmarkError("USAGE", { data: { message } })));
      process.exit(EXIT.usage);
    });
  for (const group of groups) {
    commands.command(group.name, group.describe, (inner) => {
      for (const verb of group.verbs) add(inner, verb);
      return inner.demandCommand(1, `Name a verb of ${group.name}; --help lists them.`);
    });
  }
  for (const verb of singles) add(commands, verb);
  return commands;
}

function add(commands: Argv, { command, describe, builder, handler }: Verb): void {
  commands.command({
    command,
    describe,
    builder,
    handler: (args) => run(handler, args),
  });
}

/** yargs gives NaN for a number that is none. @throws USAGE naming the option */
function requireNumbers(args: Readonly<Record<string, unknown>>): void {
  const option = Object.keys(args).find((name) => Number.isNaN(args[name]) && !/[A-Z]/.test(name));
  if (option !== undefined) throw new TouchmarkError("USAGE", { data: { option, expected: "a number" } });
}

async function run(handler: Verb["handler"], args: Readonly<Record<string, unknown>>): Promise<void> {
  const asJson = args["json"] === true;
  try {
    requireNumbers(args);
    const { text, json, refused = false } = await handler(args, terminal(asJson));
    const said = asJson ? toJson(json) : text;
    if (said) process.stdout.write(`${said}\n`); // nothing where the verb said it line by line
    process.exitCode = refused ? EXIT.refused : EXIT.ok;
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    if (asJson) process.stdout.write(errorJson(error));
    process.exitCode = isTouchmarkError(error, "USAGE") ? EXIT.usage : EXIT.refused;
  }
}

function errorJson(error: unknown): string {
  return `${toJson({ error: isTouchmarkError(error) ? error : String(error) })}\n`;
}
