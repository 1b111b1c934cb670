// SPDX-License-Identifier: Apache-2.0
import { hello } from "./device/hello.ts";
import { list } from "./device/list.ts";
import type { Group } from "./verb.ts";

export const device: Group = {
  name: "device",
  describe: "Talk to a unit over its serial line",
  verbs: [list, hello],
};
