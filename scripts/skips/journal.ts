// SPDX-License-Identifier: Apache-2.0
// What a campaign has found so far: a line that names the bootloader and the fault, then `index outcome` lines.
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { type Outcome, outcomes } from "./machine.ts";

export class Journal {
  readonly #file: string;
  readonly #known = new Map<number, Outcome>();

  /** @throws Error where the file is of another bootloader or fault: its outcomes would say nothing about this one */
  constructor(file: string, bootloader: string, what: { readonly fault: string; readonly double: boolean }) {
    this.#file = file;
    const digest = createHash("sha256").update(readFileSync(bootloader)).digest("hex");
    const head = `bootloader ${digest} bad ${what.fault} ${what.double ? "pairs" : "singles"}`;
    if (!existsSync(file)) appendFileSync(file, `${head}\n`);
    const [first, ...lines] = readFileSync(file, "utf8").split("\n");
    if (first !== head) throw new Error(`${file} is of another run: ${first}`);
    for (const line of lines) this.#read(line);
  }

  // The last line may be torn: a skip too many does no harm.
  #read(line: string): void {
    const [, index, name] = /^(\d+) (\w+)$/.exec(line) ?? [];
    const outcome = outcomes.find((each) => each === name);
    if (index !== undefined && outcome !== undefined) this.#known.set(Number(index), outcome);
  }

  of(index: number): Outcome | undefined {
    return this.#known.get(index);
  }

  note(index: number, outcome: Outcome): void {
    appendFileSync(this.#file, `${index} ${outcome}\n`);
  }
}
