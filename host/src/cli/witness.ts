// SPDX-License-Identifier: Apache-2.0
import type { Group } from "./verb.ts";
import { accuse } from "./witness/accuse.ts";
import { init } from "./witness/init.ts";
import { serve } from "./witness/serve.ts";

export const witness: Group = {
  name: "witness",
  describe: "Vouch for final blocks, and hold witnesses to their word",
  verbs: [init, serve, accuse],
};
