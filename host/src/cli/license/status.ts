// SPDX-License-Identifier: Apache-2.0
import { readLicenseStatus } from "../../registry/license/license-status.ts";
import { read } from "../../registry/transaction.ts";
import { withChain } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { licenseParts, readArguments } from "./parts.ts";
import { statusLines } from "./status-lines.ts";

export const status = verb({
  command: "status <id>",
  describe:
    "Everything of a license at a glance, days left, and what is blocked and why; exit code 1 where registering or announcing is",
  builder: (yargs) => readArguments(yargs).example("$0 license status 7", "no key is needed"),
  handler: (args, io) =>
    withChain(args, io, async (session) => {
      const json = await readLicenseStatus(licenseParts(session), wholeNumber("id", args.id), args["from-block"]);
      const decimals = await read<bigint>(session.contract("token"), "decimals");
      const refused = json.blocked.some(({ what }) => what === "register" || what === "announce");
      return { json, text: statusLines(json, decimals), refused };
    }),
});
