// SPDX-License-Identifier: Apache-2.0
import yargs from "yargs";
import { groups } from "../../../host/src/cli/commands.ts";
import { type Io, terminal } from "../../../host/src/cli/io.ts";
import type { Result } from "../../../host/src/cli/verb.ts";

/** One command, its words parsed as main.ts parses them. */
export async function runVerb(words: readonly string[], change: Partial<Io> = {}): Promise<Result> {
  const [group, ...rest] = words;
  const verb = groups
    .find(({ name }) => name === group)
    ?.verbs.find(({ command }) => command.split(" ")[0] === rest[0]);
  if (verb === undefined) throw new Error(`no verb ${words.join(" ")}`);
  let run: Promise<Result> | undefined;
  const io = { ...terminal(true), ...change };
  await yargs()
    .strict()
    .version(false)
    .command({ ...verb, handler: (args) => void (run = verb.handler(args, io)) })
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseAsync(rest);
  if (run === undefined) throw new Error("nothing ran");
  return await run;
}
