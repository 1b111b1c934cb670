// SPDX-License-Identifier: Apache-2.0

import { holderArguments } from "../license/arguments.ts";
import { wholeNumber } from "../numbers.ts";
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";

export const securityVersion = verb({
  command: "security-version <id> <version> <release>",
  describe: "Owner: raise the lowest security version that may be announced or installed; it never falls",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("version", { type: "string", demandOption: true, describe: "At most the release's" })
      .positional("release", {
        type: "string",
        demandOption: true,
        describe: "Digest of an announced release of at least that version, 0x and 64 digits",
      })
      .example("$0 board security-version 7 3 0x1a2b… --key owner.pem", ""),
  handler: (args, io) =>
    sendAs(args, io, "board", {
      method: "raiseMinSecurityVersion",
      args: [args.id, wholeNumber("version", args.version), args.release],
      event: "MinSecurityVersionRaised",
    }),
});
