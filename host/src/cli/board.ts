// SPDX-License-Identifier: Apache-2.0
import { announcer } from "./board/announcer.ts";
import { refresh } from "./board/refresh.ts";
import { root } from "./board/root.ts";
import { securityVersion } from "./board/security-version.ts";
import { signer } from "./board/signer.ts";
import type { Group } from "./verb.ts";

export const board: Group = {
  name: "board",
  describe: "What units read on chain: OTA signer, root certificate, announcers",
  verbs: [signer, root, announcer, securityVersion, refresh],
};
