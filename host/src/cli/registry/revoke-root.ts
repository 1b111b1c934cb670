// SPDX-License-Identifier: Apache-2.0
import { leafRevocation } from "../../registry/roots/revoke-root.ts";
import { transact } from "../../registry/transaction.ts";
import { address } from "../numbers.ts";
import { table } from "../print.ts";
import { byWallet, senderArguments, senderOf } from "../sender.ts";
import { verb } from "../verb.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";
import { rootFileOf } from "./root-file-of.ts";

export const revokeRoot = verb({
  command: "revoke-root <file> <unit>",
  describe: "Manufacturer: end a unit of a batch root that nobody has claimed, for good; our registry alone",
  builder: (yargs) =>
    registryArguments(senderArguments(yargs))
      .positional("file", { type: "string", demandOption: true, describe: "As registry root wrote it" })
      .positional("unit", { type: "string", demandOption: true, describe: "The unit's address" })
      .option("reason", { type: "string", default: "scrapped", describe: "At most 31 bytes, public" })
      .example("$0 registry revoke-root batch-1.json 0x84bc… --reason stolen --key owner.pem", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const file = await rootFileOf(args.file, session);
      const unit = address("unit", args.unit);
      const { index, call } = await leafRevocation(session.backend, file, { address: unit, reason: args.reason });
      if (args.wallet !== undefined) return await byWallet(args.wallet, session.deployment.chainId, call);
      await senderOf(args, session);
      await transact(call);
      const json = { batchId: file.batchId, index, address: unit, revoked: true };
      return { json, text: table(Object.entries(json)) };
    }),
});
