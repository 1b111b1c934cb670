// SPDX-License-Identifier: Apache-2.0
import { announceRelease } from "../../release/announce.ts";
import { verb } from "../verb.ts";
import { boardArguments, onBoard } from "./board.ts";

export const announce = verb({
  command: "announce <release>",
  describe: "Announce a signed release on the board",
  builder: (yargs) =>
    boardArguments(yargs).example(
      "$0 release announce app.release --rpc http://127.0.0.1:8545 --key announcer.key",
      "needs a license in force",
    ),
  handler: (args, io) => onBoard(args, io, (release, { license }) => announceRelease(release, license.securityVersion)),
});
