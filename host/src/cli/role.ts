// SPDX-License-Identifier: Apache-2.0
import { accept } from "./role/accept.ts";
import { cancel } from "./role/cancel.ts";
import { cancelDelay } from "./role/cancel-delay.ts";
import { delay } from "./role/delay.ts";
import { grant } from "./role/grant.ts";
import { handOver } from "./role/hand-over.ts";
import { renounce } from "./role/renounce.ts";
import { revoke } from "./role/revoke.ts";
import { treasury } from "./role/treasury.ts";
import type { Group } from "./verb.ts";

export const role: Group = {
  name: "role",
  describe: "Who governs the programme: admin, licensors, auditors, treasury",
  verbs: [grant, revoke, renounce, handOver, accept, cancel, delay, cancelDelay, treasury],
};
