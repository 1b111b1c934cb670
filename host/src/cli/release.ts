// SPDX-License-Identifier: Apache-2.0
import { announce } from "./release/announce.ts";
import { build } from "./release/build.ts";
import { delta } from "./release/delta.ts";
import { factory } from "./release/factory.ts";
import { prove } from "./release/prove.ts";
import { refresh } from "./release/refresh.ts";
import { show } from "./release/show.ts";
import { sign } from "./release/sign.ts";
import { target } from "./release/target.ts";
import { upload } from "./release/upload.ts";
import { verify } from "./release/verify.ts";
import { withdraw } from "./release/withdraw.ts";
import type { Group } from "./verb.ts";

export const release: Group = {
  name: "release",
  describe: "Build, sign, announce, prove and send firmware releases",
  verbs: [target, build, sign, factory, announce, prove, refresh, delta, verify, upload, show, withdraw],
};
