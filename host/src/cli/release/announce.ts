// SPDX-License-Identifier: Apache-2.0
import { announceCall } from "../../release/announce.ts";
import { requireCertifiedClass } from "../../release/require-certified-class.ts";
import { verb } from "../verb.ts";
import { boardArguments, onBoard } from "./board.ts";

export const announce = verb({
  command: "announce <release>",
  describe: "Announce a signed release on the board",
  builder: (yargs) =>
    boardArguments(yargs)
      .option("from-block", { type: "number", default: 0, describe: "Block of the deployment: where events begin" })
      .example(
        "$0 release announce app.release --rpc http://127.0.0.1:8545 --key announcer.key",
        "needs a license in force, and a hardware certificate of the release's model",
      ),
  handler: (args, io) =>
    onBoard(args, io, async (release, { license, vendorId, classId }) => {
      await requireCertifiedClass(release, { vendorId, classId }, args["from-block"]);
      return announceCall(release, license.securityVersion);
    }),
});
