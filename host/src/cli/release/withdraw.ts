// SPDX-License-Identifier: Apache-2.0
import { TouchmarkError } from "../../errors.ts";
import { withdrawCall } from "../../release/announce.ts";
import { verb } from "../verb.ts";
import { boardArguments, onBoard } from "./board.ts";

export const withdraw = verb({
  command: "withdraw <release>",
  describe: "Withdraw a release from the board, for good",
  builder: (yargs) =>
    boardArguments(yargs)
      .option("yes", { type: "boolean", default: false, describe: "Do not ask" })
      .example("$0 release withdraw app.release --rpc http://127.0.0.1:8545 --key announcer.key", ""),
  handler: async (args, io) => {
    if (!args.yes && !(await io.confirm(`Withdraw ${args.release} for good?`))) throw new TouchmarkError("INTERRUPTED");
    return onBoard(args, io, async (release) => withdrawCall(release));
  },
});
