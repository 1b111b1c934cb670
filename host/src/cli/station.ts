// SPDX-License-Identifier: Apache-2.0
import { provision } from "./station/provision.ts";
import { record } from "./station/record.ts";
import { refurbish } from "./station/refurbish.ts";
import { replace } from "./station/replace.ts";
import { scrap } from "./station/scrap.ts";
import { unit } from "./station/unit.ts";
import type { Group } from "./verb.ts";

export const station: Group = {
  name: "station",
  describe: "Provision units on a production line",
  verbs: [provision, unit, record, refurbish, replace, scrap],
};
