// SPDX-License-Identifier: Apache-2.0
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { limitArguments, limitsOf, signConsent, waitArguments } from "./owner-signature.ts";

export const pair = verb({
  command: "pair <port>",
  describe: "Let a unit sign that it is to be paired with a vehicle; its button has to be pressed",
  builder: (yargs) =>
    limitArguments(
      waitArguments(yargs)
        .option("token", { type: "string", demandOption: true, describe: "Token id of the unit's node" })
        .option("vehicle", { type: "string", demandOption: true, describe: "Token id of the vehicle" }),
    ).example("$0 device pair /dev/ttyACM0 --token 3174 --vehicle 12 --nonce 1 --deadline 1790000000", ""),
  handler: (args, io) => {
    const limits = limitsOf(args);
    const [token, vehicle] = [wholeNumber("token", args.token), wholeNumber("vehicle", args.vehicle)];
    return signConsent(args, io, { kind: "pair", token, vehicle, ...(limits && { limits }) });
  },
});
