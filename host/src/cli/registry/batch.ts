// SPDX-License-Identifier: Apache-2.0
import { parseUnits } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import { defaultTerms } from "../../registry/batch/client.ts";
import { BatchJournal } from "../../registry/batch/journal.ts";
import { registerBatch } from "../../registry/batch/register-batch.ts";
import { accountArguments, withChain } from "../chain.ts";
import { readBytes } from "../files.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { readUnitList } from "./unit-list.ts";

export const batch = verb({
  command: "batch <id> <file>",
  describe: "Register many units; run again after any stop, it goes on and sends nothing twice",
  builder: (yargs) =>
    accountArguments(yargs)
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .positional("file", { type: "string", demandOption: true, describe: "CSV or JSON of address, serial, imei" })
      .option("journal", { type: "string", default: "registry.sqlite", describe: "What was signed; keep it" })
      .option("depth", { type: "string", default: `${defaultTerms.depth}`, describe: "Blocks until one is final" })
      .option("max-fee", { type: "string", default: "500", describe: "Most gwei for one gas" })
      .example("$0 registry batch 7 units.csv --key owner.pem", "")
      .example("$0 registry batch 7 units.csv --key owner.pem --depth 1", "on a development chain"),
  handler: async (args, io) => {
    const units = readUnitList(Buffer.from(await readBytes(args.file)).toString("utf8"));
    const manufacturerId = wholeNumber("id", args.id);
    const depth = Number(wholeNumber("depth", args.depth));
    if (depth < 1) throw new TouchmarkError("USAGE", { data: { option: "depth", expected: "1 or more" } });
    const maxFeePerGas = parseUnits(`${wholeNumber("max-fee", args["max-fee"])}`, "gwei");
    return await withChain(args, io, async ({ contract, account, deployment: { chainId } }) => {
      if (account === undefined) throw new TouchmarkError("USAGE", { data: { missing: "key" } });
      const registry = contract("registry");
      using journal = new BatchJournal(args.journal);
      const client = {
        contract: registry,
        devices: String(registry.target),
        manufacturerId,
        account,
        chainId,
        programme: contract("programme"),
        nodes: contract("nodes"),
        journal,
        terms: { ...defaultTerms, depth, maxFeePerGas },
        onProgress: ({ step, hash, units: count }: { step: string; hash: string | undefined; units: number }) =>
          io.say(`${step}  ${count} units  ${hash ?? ""}`),
      };
      const { registered, rejected } = await registerBatch(client, units);
      const refusals = rejected.map(({ unit, reason }) => ({ ...unit, code: reason.code, ...reason.data }));
      const lines = refusals.map(({ address, serial, code }) => `refused  ${address}  ${serial}  ${code}`);
      return {
        json: { registered, rejected: refusals },
        text: [...lines, `${registered.length} registered, ${rejected.length} refused`].join("\n"),
        refused: rejected.length > 0,
      };
    });
  },
});
