// SPDX-License-Identifier: Apache-2.0
import { send } from "../chain.ts";
import { nodeArguments } from "../license/arguments.ts";
import { pairOf } from "../pairs.ts";
import { verb } from "../verb.ts";

export const info = verb({
  command: "info <id> <pairs..>",
  describe: "Admin: set attributes of a manufacturer",
  builder: (yargs) =>
    nodeArguments(yargs)
      .positional("pairs", { type: "string", array: true, demandOption: true, describe: "NAME=TEXT" })
      .example("$0 node info 7 URL=https://acme.example --key admin.pem", ""),
  handler: (args, io) => {
    const call = [args.id, args.pairs.map(pairOf)];
    return send(args, io, "nodes", { method: "setManufacturerInfo", args: call, event: "ManufacturerAttributeSet" });
  },
});
