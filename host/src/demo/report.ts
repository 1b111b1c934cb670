// SPDX-License-Identifier: Apache-2.0
import { isTouchmarkError } from "../errors.ts";
import type { Refusal } from "./refusals.ts";

export interface DemoStep {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
}

export interface DemoDevice {
  readonly address: string;
  readonly serial: string;
  readonly manufacturerId: string;
  readonly tokenId: string;
  readonly version: string;
  readonly slot: "A" | "B";
}

export interface DemoReport {
  readonly device: DemoDevice;
  readonly steps: readonly DemoStep[];
  readonly refused: readonly Refusal[];
  /** Numbers of this run, their unit in the name. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface StepListener {
  /** Before a step. */
  begin(name: string): void;
  /** After it; `code` where it failed. */
  end(step: DemoStep, code?: string): void;
}

/** Runs steps one after another and keeps what became of them. */
export class Steps {
  readonly done: DemoStep[] = [];
  readonly #listener: StepListener;

  constructor(listener: StepListener) {
    this.#listener = listener;
  }

  async take<T>(name: string, run: () => Promise<T>): Promise<T> {
    this.#listener.begin(name);
    const start = performance.now();
    const seconds = (): number => Math.round(performance.now() - start) / 1000;
    try {
      const value = await run();
      this.#finish({ name, ok: true, seconds: seconds() });
      return value;
    } catch (error) {
      this.#finish({ name, ok: false, seconds: seconds() }, isTouchmarkError(error) ? error.code : "INTERNAL");
      throw error;
    }
  }

  #finish(step: DemoStep, code?: string): void {
    this.done.push(step);
    this.#listener.end(step, code);
  }
}
