// SPDX-License-Identifier: Apache-2.0
import { id as keccakOf } from "ethers";
import { holderArguments } from "../license/arguments.ts";
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";

export const model = verb({
  command: "model <id> <name>",
  describe: "Owner: say which certified model the units registered from now on are",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("name", { type: "string", demandOption: true, describe: "As license model certified it" })
      .example("$0 registry model 7 TM-1 --key owner.pem", "before the first unit is provisioned"),
  handler: (args, io) => {
    const call = [args.id, keccakOf(args.name)];
    return sendAs(args, io, "registry", { method: "setMintModel", args: call, event: "MintModelSet" });
  },
});
