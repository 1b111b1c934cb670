// SPDX-License-Identifier: Apache-2.0
// A verb called with words, as the command line parses them, in this process.
import yargs from "yargs";
import { terminal } from "../../host/src/cli/io.ts";
import type { Result, Verb } from "../../host/src/cli/verb.ts";

export async function runVerb({ command, builder, handler }: Verb, words: readonly string[]): Promise<Result> {
  const results: Result[] = [];
  const parser = yargs([command.split(" ")[0] ?? "", ...words])
    .command({ command, builder, handler: async (args) => void results.push(await handler(args, terminal(true))) })
    .strict()
    .fail((message, error) => {
      throw error ?? new Error(message);
    });
  await parser.parseAsync();
  const [result] = results;
  if (!result) throw new Error("the verb was not called");
  return result;
}
