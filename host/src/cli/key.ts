// SPDX-License-Identifier: Apache-2.0
import { newKey } from "./key/new.ts";
import { show } from "./key/show.ts";
import type { Group } from "./verb.ts";

export const key: Group = {
  name: "key",
  describe: "Keys of accounts, witnesses and recovery",
  verbs: [newKey, show],
};
