// SPDX-License-Identifier: Apache-2.0
// What commands may ask of the terminal. Results go to standard output, everything else to standard error.
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { TouchmarkError } from "../errors.ts";
import { toJsonLine } from "./print.ts";

export interface Io {
  /** A line of the result as it comes: on standard output, or with --json on standard error. */
  say(line: string): void;
  /** One of many results: a line on standard output, with --json a line of JSON. */
  line(json: unknown, text: string): void;
  /** A line over the last one, where standard error is a terminal. */
  progress(line: string): void;
  /** What somebody has to do now: a line on standard error. */
  tell(line: string): void;
  /** From TOUCHMARK_PASSPHRASE, or typed unseen. @throws KEY_LOCKED where there is neither variable nor terminal */
  passphrase(what: string): Promise<string>;
  /** An answer from the terminal. @throws USAGE without a terminal */
  question(text: string): Promise<string>;
  /** A yes from the terminal; `--yes` answers for scripts. @throws USAGE without a terminal */
  confirm(question: string): Promise<boolean>;
}

export const terminal = (asJson: boolean): Io => ({
  say: (line) => void (asJson ? process.stderr : process.stdout).write(`${line}\n`),
  line: (json, text) => void process.stdout.write(`${asJson ? toJsonLine(json) : text}\n`),
  progress: (line) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  },
  tell: (line) => void process.stderr.write(`${line}\n`),
  passphrase: async (what) => {
    const given = process.env["TOUCHMARK_PASSPHRASE"];
    if (given !== undefined) return given;
    if (!process.stdin.isTTY) {
      throw new TouchmarkError("KEY_LOCKED", { data: { what, hint: "set TOUCHMARK_PASSPHRASE or use a terminal" } });
    }
    process.stderr.write(`passphrase of ${what}: `);
    const answer = await ask("", new Writable({ write: (_chunk, _encoding, done) => done() }));
    process.stderr.write("\n");
    return answer;
  },
  question: async (text) => {
    if (!process.stdin.isTTY)
      throw new TouchmarkError("USAGE", { data: { missing: text, hint: "give it as an option" } });
    return (await ask(`${text}: `, process.stderr)).trim();
  },
  confirm: async (question) => {
    if (!process.stdin.isTTY) throw new TouchmarkError("USAGE", { data: { question, hint: "--yes answers it" } });
    return /^y(es)?$/i.test(await ask(`${question} [y/N] `, process.stderr));
  },
});

async function ask(question: string, output: NodeJS.WritableStream): Promise<string> {
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
