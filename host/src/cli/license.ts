// SPDX-License-Identifier: Apache-2.0
import { apply } from "./license/apply.ts";
import { audit } from "./license/audit.ts";
import { evidence } from "./license/evidence.ts";
import { grant } from "./license/grant.ts";
import { minimum } from "./license/minimum.ts";
import { model } from "./license/model.ts";
import { mou } from "./license/mou.ts";
import { quota } from "./license/quota.ts";
import { refuse } from "./license/refuse.ts";
import { reinstate } from "./license/reinstate.ts";
import { renew } from "./license/renew.ts";
import { renounce } from "./license/renounce.ts";
import { requestRenewal } from "./license/request-renewal.ts";
import { revoke } from "./license/revoke.ts";
import { show } from "./license/show.ts";
import { sign } from "./license/sign.ts";
import { closeSlash } from "./license/slash-close.ts";
import { contestSlash } from "./license/slash-contest.ts";
import { decideSlash } from "./license/slash-decide.ts";
import { executeSlash } from "./license/slash-execute.ts";
import { proposeSlash } from "./license/slash-propose.ts";
import { stake } from "./license/stake.ts";
import { status } from "./license/status.ts";
import { sunset } from "./license/sunset.ts";
import { support } from "./license/support.ts";
import { suspend } from "./license/suspend.ts";
import { unstake } from "./license/unstake.ts";
import { watch } from "./license/watch.ts";
import { withdrawModel } from "./license/withdraw-model.ts";
import type { Group } from "./verb.ts";

export const license: Group = {
  name: "license",
  describe: "The license programme: stake, MOU, audits, grant, life, slashing",
  verbs: [
    show,
    status,
    watch,
    evidence,
    apply,
    sign,
    stake,
    unstake,
    renounce,
    requestRenewal,
    support,
    contestSlash,
    mou,
    minimum,
    audit,
    grant,
    refuse,
    renew,
    quota,
    model,
    withdrawModel,
    suspend,
    reinstate,
    sunset,
    revoke,
    proposeSlash,
    decideSlash,
    closeSlash,
    executeSlash,
  ],
};
