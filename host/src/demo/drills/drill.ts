// SPDX-License-Identifier: Apache-2.0
import type { ErrorName } from "../../protocol/generated.ts";
import type { Scene } from "./scene.ts";

/** What was tried, and what came of it. */
export interface Finding {
  readonly what: string;
  readonly said: ErrorName | "OK";
}

/** Goes on from what the drill before it left. */
export interface Drill {
  readonly name: string;
  readonly title: string;
  /** @throws INTERNAL where the unit or the chain says anything else than it must */
  run(scene: Scene): Promise<void>;
}
