// SPDX-License-Identifier: Apache-2.0
import { attest } from "./device/attest.ts";
import { certificate } from "./device/certificate.ts";
import { challenge } from "./device/challenge.ts";
import { claim } from "./device/claim.ts";
import { confirm } from "./device/confirm.ts";
import { counters } from "./device/counters.ts";
import { emulate } from "./device/emulate.ts";
import { flash } from "./device/flash.ts";
import { genuine } from "./device/genuine.ts";
import { harden } from "./device/harden.ts";
import { hello } from "./device/hello.ts";
import { images } from "./device/images.ts";
import { list } from "./device/list.ts";
import { notice } from "./device/notice.ts";
import { pair } from "./device/pair.ts";
import { press } from "./device/press.ts";
import { reset } from "./device/reset.ts";
import { rotate } from "./device/rotate.ts";
import { signIn } from "./device/sign-in.ts";
import { state } from "./device/state.ts";
import { unpair } from "./device/unpair.ts";
import { update } from "./device/update.ts";
import type { Group } from "./verb.ts";

export const device: Group = {
  name: "device",
  describe: "Talk to a unit over its serial line",
  verbs: [
    list,
    hello,
    attest,
    genuine,
    certificate,
    state,
    images,
    update,
    confirm,
    reset,
    notice,
    rotate,
    challenge,
    counters,
    claim,
    pair,
    unpair,
    signIn,
    flash,
    harden,
    emulate,
    press,
  ],
};
