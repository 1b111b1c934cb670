// SPDX-License-Identifier: Apache-2.0
import { approve } from "./registry/approve.ts";
import { attribute } from "./registry/attribute.ts";
import { batch } from "./registry/batch.ts";
import { check } from "./registry/check.ts";
import { claim } from "./registry/claim.ts";
import { claimRoot } from "./registry/claim-root.ts";
import { consent } from "./registry/consent.ts";
import { deploy } from "./registry/deploy.ts";
import { deployBoard } from "./registry/deploy-board.ts";
import { listAttribute } from "./registry/list-attribute.ts";
import { model } from "./registry/model.ts";
import { node } from "./registry/node.ts";
import { pair } from "./registry/pair.ts";
import { register } from "./registry/register.ts";
import { reset } from "./registry/reset.ts";
import { returned } from "./registry/return.ts";
import { revoke } from "./registry/revoke.ts";
import { revokeRoot } from "./registry/revoke-root.ts";
import { root } from "./registry/root.ts";
import { show } from "./registry/show.ts";
import { status } from "./registry/status.ts";
import { unpair } from "./registry/unpair.ts";
import type { Group } from "./verb.ts";

export const registry: Group = {
  name: "registry",
  describe: "Manufacturers and devices on chain",
  verbs: [
    status,
    show,
    register,
    batch,
    check,
    approve,
    consent,
    claim,
    pair,
    unpair,
    returned,
    reset,
    revoke,
    attribute,
    listAttribute,
    root,
    claimRoot,
    revokeRoot,
    model,
    node,
    deploy,
    deployBoard,
  ],
};
