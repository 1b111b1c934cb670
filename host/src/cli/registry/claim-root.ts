// SPDX-License-Identifier: Apache-2.0
import { getAddress } from "ethers";
import { claimFromRoot } from "../../registry/roots/claim-root.ts";
import { accountArguments } from "../chain.ts";
import { address } from "../numbers.ts";
import { verb } from "../verb.ts";
import { caller, chainNow, deviceResult } from "./device-result.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";
import { rootFileOf } from "./root-file-of.ts";
import { askUnit, deadlineOf, signatureArguments } from "./signature.ts";

export const claimRoot = verb({
  command: "claim-root <file> <unit>",
  describe: "Claim one unit of a batch root, by its proof and its own signature; our registry alone",
  builder: (yargs) =>
    signatureArguments(registryArguments(accountArguments(yargs)))
      .positional("file", { type: "string", demandOption: true, describe: "As registry root wrote it" })
      .positional("unit", { type: "string", demandOption: true, describe: "The unit's address" })
      .option("owner", { type: "string", describe: "New owner, instead of the key's account" })
      .example("$0 registry claim-root batch-1.json 0x84bc… --port /dev/ttyACM0 --key driver.pem", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend, deployment } = session;
      const file = await rootFileOf(args.file, session);
      const account = await caller(session).getAddress();
      const owner = args.owner === undefined ? account : getAddress(address("owner", args.owner));
      const unit = address("unit", args.unit);
      const context = { backend, chainId: deployment.chainId, ask: askUnit(args, io) };
      const deadline = deadlineOf(args, backend.name, await chainNow(session));
      return deviceResult(await claimFromRoot(context, file, { address: unit, owner, deadline }));
    }),
});
