// SPDX-License-Identifier: Apache-2.0
import { id as keccakOf } from "ethers";
import { send } from "../chain.ts";
import { verb } from "../verb.ts";
import { nodeArguments } from "./arguments.ts";

export const withdrawModel = verb({
  command: "withdraw-model <id> <name>",
  describe: "Licensor: end a model's hardware certificate at once",
  builder: (yargs) =>
    nodeArguments(yargs)
      .positional("name", { type: "string", demandOption: true, describe: "As license model certified it" })
      .example("$0 license withdraw-model 7 TM-1 --key licensor.pem", ""),
  handler: (args, io) =>
    send(args, io, "programme", {
      method: "withdrawModel",
      args: [args.id, keccakOf(args.name)],
      event: "ModelWithdrawn",
    }),
});
