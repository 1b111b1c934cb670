// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { limitArguments, limitsOf, signConsent, waitArguments } from "./owner-signature.ts";

export const unpair = verb({
  command: "unpair <port>",
  describe: "Let a unit sign that it leaves its vehicle, for registry unpair --signature; its button has to be pressed",
  builder: (yargs) =>
    limitArguments(
      waitArguments(yargs)
        .option("token", { type: "string", demandOption: true, describe: "Token id of the unit's node" })
        .option("vehicle", { type: "string", demandOption: true, describe: "Token id of the vehicle" }),
    ).example("$0 device unpair /dev/ttyACM0 --token 3174 --vehicle 12 --nonce 2 --deadline 1790000000", ""),
  handler: (args, io) => {
    const limits = limitsOf(args);
    if (!limits) throw new TouchmarkError("USAGE", { data: { expected: "--nonce and --deadline: DIMO has no such" } });
    const [token, vehicle] = [wholeNumber("token", args.token), wholeNumber("vehicle", args.vehicle)];
    return signConsent(args, io, { kind: "unpair", token, vehicle, limits });
  },
});
