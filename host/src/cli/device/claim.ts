// SPDX-License-Identifier: Apache-2.0
import { address, wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { limitArguments, limitsOf, signConsent, waitArguments } from "./owner-signature.ts";

export const claim = verb({
  command: "claim <port>",
  describe: "Let a unit sign that it is to belong to an owner; its button has to be pressed",
  builder: (yargs) =>
    limitArguments(
      waitArguments(yargs)
        .option("token", { type: "string", demandOption: true, describe: "Token id of the unit's node" })
        .option("owner", { type: "string", demandOption: true, describe: "Address of the owner" }),
    ).example("$0 device claim /dev/ttyACM0 --token 3174 --owner 0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", ""),
  handler: (args, io) => {
    const limits = limitsOf(args);
    const token = wholeNumber("token", args.token);
    const owner = address("owner", args.owner);
    return signConsent(args, io, { kind: "claim", token, owner, ...(limits && { limits }) });
  },
});
