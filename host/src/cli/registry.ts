// SPDX-License-Identifier: Apache-2.0
import { batch } from "./registry/batch.ts";
import { deploy } from "./registry/deploy.ts";
import { model } from "./registry/model.ts";
import { node } from "./registry/node.ts";
import { register } from "./registry/register.ts";
import { show } from "./registry/show.ts";
import type { Group } from "./verb.ts";

export const registry: Group = {
  name: "registry",
  describe: "Manufacturers and devices on chain",
  verbs: [show, register, batch, model, node, deploy],
};
