// SPDX-License-Identifier: Apache-2.0
import { approve } from "./node/approve.ts";
import { controller } from "./node/controller.ts";
import { info } from "./node/info.ts";
import { mint } from "./node/mint.ts";
import { operator } from "./node/operator.ts";
import { privilege } from "./node/privilege.ts";
import { reclaim } from "./node/reclaim.ts";
import { rename } from "./node/rename.ts";
import { transfer } from "./node/transfer.ts";
import type { Group } from "./verb.ts";

export const node: Group = {
  name: "node",
  describe: "ManufacturerIDs: mint, hand over, controllers, privileges, names",
  verbs: [mint, controller, transfer, reclaim, rename, info, privilege, approve, operator],
};
