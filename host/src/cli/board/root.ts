// SPDX-License-Identifier: Apache-2.0
import { sha256 } from "../../protocol/secp256k1.ts";
import { readCertificate } from "../files.ts";
import { holderArguments } from "../license/arguments.ts";
import { sendAs } from "../sender.ts";
import { verb } from "../verb.ts";

export const root = verb({
  command: "root <id> [certificate]",
  describe: "Owner: propose a root certificate; without one, put the proposed one in force after its notice",
  builder: (yargs) =>
    holderArguments(yargs)
      .positional("certificate", { type: "string", describe: "PEM or DER" })
      .option("cancel", {
        type: "boolean",
        describe: "Take the proposed one back while its notice runs",
      })
      .conflicts("cancel", "certificate")
      .example("$0 board root 7 root.pem --key owner.pem", "the first is in force at once"),
  handler: async (args, io) => {
    const { id, certificate } = args;
    if (args.cancel)
      return await sendAs(args, io, "board", { method: "cancelRoot", args: [id], event: "RootProposalCancelled" });
    const call =
      certificate === undefined
        ? { method: "activateRoot", args: [id], event: "RootChanged" }
        : { method: "proposeRoot", args: [id, sha256(await readCertificate(certificate))] };
    return await sendAs(args, io, "board", call);
  },
});
