// SPDX-License-Identifier: Apache-2.0
// The shape of a command: an argument table and one call of a flow. What it gives back is printed by main.ts.
import type { Argv } from "yargs";
import type { Io } from "./io.ts";

/** What a command found out: for people, and with --json for programs. */
export interface Result {
  readonly text: string;
  /** bigint and bytes may stand in it; they are printed as decimal and hexadecimal strings. */
  readonly json: unknown;
  /** True where the answer is no: exit code 1. */
  readonly refused?: boolean;
}

export interface VerbTable<Arguments> {
  /** `hello PORT`, in yargs' syntax. */
  readonly command: string;
  readonly describe: string;
  /** Positionals, options, and at least one example. */
  readonly builder: (yargs: Argv) => Argv<Arguments>;
  readonly handler: (args: Arguments, io: Io) => Promise<Result>;
}

export interface Verb {
  readonly command: string;
  readonly describe: string;
  readonly builder: (yargs: Argv) => Argv<unknown>;
  readonly handler: (args: unknown, io: Io) => Promise<Result>;
}

export interface Group {
  readonly name: string;
  readonly describe: string;
  readonly verbs: readonly Verb[];
}

/** Keeps a verb's argument types to itself, so that groups can list verbs of any. */
export function verb<Arguments>(table: VerbTable<Arguments>): Verb {
  return { ...table, handler: (args, io) => table.handler(args as Arguments, io) };
}
