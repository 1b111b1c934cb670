// SPDX-License-Identifier: Apache-2.0
import { apply } from "./license/apply.ts";
import { audit } from "./license/audit.ts";
import { grant } from "./license/grant.ts";
import { model } from "./license/model.ts";
import { mou } from "./license/mou.ts";
import { reinstate } from "./license/reinstate.ts";
import { revoke } from "./license/revoke.ts";
import { show } from "./license/show.ts";
import { sunset } from "./license/sunset.ts";
import { suspend } from "./license/suspend.ts";
import type { Group } from "./verb.ts";

export const license: Group = {
  name: "license",
  describe: "The license programme: apply, audit, grant, suspend, reinstate, revoke",
  verbs: [show, apply, mou, audit, grant, model, suspend, reinstate, sunset, revoke],
};
