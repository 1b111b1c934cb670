// SPDX-License-Identifier: Apache-2.0
import { finish } from "./trust/finish.ts";
import { rotate } from "./trust/rotate.ts";
import { sign } from "./trust/sign.ts";
import type { Group } from "./verb.ts";

export const trust: Group = {
  name: "trust",
  describe: "Change whom a fleet believes: witnesses, board, root",
  verbs: [rotate, sign, finish],
};
