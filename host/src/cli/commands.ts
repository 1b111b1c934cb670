// SPDX-License-Identifier: Apache-2.0
// All that `touchmark` can be told.
import { board } from "./board.ts";
import { ca } from "./ca.ts";
import { demo } from "./demo.ts";
import { device } from "./device.ts";
import { doctor } from "./doctor.ts";
import { key } from "./key.ts";
import { license } from "./license.ts";
import { node } from "./node.ts";
import { registry } from "./registry.ts";
import { release } from "./release.ts";
import { role } from "./role.ts";
import { station } from "./station.ts";
import { trust } from "./trust.ts";
import type { Group, Verb } from "./verb.ts";
import { witness } from "./witness.ts";

export const groups: readonly Group[] = [
  key,
  ca,
  license,
  role,
  node,
  registry,
  board,
  release,
  witness,
  trust,
  station,
  device,
];

/** Verbs of no group. */
export const singles: readonly Verb[] = [doctor, demo];
