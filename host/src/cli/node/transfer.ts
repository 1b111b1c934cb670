// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { withChain } from "../chain.ts";
import { holderArguments } from "../license/arguments.ts";
import { act, senderOf } from "../sender.ts";
import { verb } from "../verb.ts";

export const transfer = verb({
  command: "transfer <id> <to>",
  describe: "Owner: hand the node to a controller or admin; privileges and announcers end, and so does the license",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("to", { type: "string", demandOption: true, describe: "A contract has to accept ERC-721 tokens" })
      .option("yes", { type: "boolean", default: false, describe: "Hands it over without asking" })
      .example("$0 node transfer 7 0x90F7… --key admin.pem", "the new owner applies for a license of its own"),
  handler: async (args, io) => {
    if (!args.yes && !(await io.confirm(`Hand manufacturer ${args.id} to ${args.to}?`)))
      throw new TouchmarkError("INTERRUPTED");
    return await withChain(args, io, async (session) => {
      const call = [await senderOf(args, session), args.to, args.id];
      const method = "safeTransferFrom(address,address,uint256)";
      return await act(args, session, "nodes", { method, args: call, event: "Transfer" });
    });
  },
});
