// SPDX-License-Identifier: Apache-2.0
import { init } from "./ca/init.ts";
import { issue } from "./ca/issue.ts";
import { line } from "./ca/line.ts";
import { ota } from "./ca/ota.ts";
import { revoke } from "./ca/revoke.ts";
import { status } from "./ca/status.ts";
import type { Group } from "./verb.ts";

export const ca: Group = {
  name: "ca",
  describe: "The manufacturer's certificates: root, lines, OTA signers, revocation",
  verbs: [init, line, ota, issue, revoke, status],
};
