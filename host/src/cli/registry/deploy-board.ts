// SPDX-License-Identifier: Apache-2.0

import { TouchmarkError } from "../../errors.ts";
import { requireAbsent } from "../../files.ts";
import { deployDimoBoard } from "../../registry/deploy.ts";
import { read } from "../../registry/transaction.ts";
import { accountArguments } from "../chain.ts";
import { writeBytes } from "../files.ts";
import { table, toJson } from "../print.ts";
import { verb } from "../verb.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";

export const deployBoard = verb({
  command: "deploy-board",
  describe: "Deploy a board over DIMO's license, whose registry stays as it is, and write where both are",
  builder: (yargs) =>
    registryArguments(accountArguments(yargs))
      .option("out", { type: "string", default: "chain.json", describe: "For --chain of other verbs" })
      .example(
        "$0 registry deploy-board --backend dimo --rpc https://… --chain-id 80002 --key owner.pem",
        "anyone may: the owner of a ManufacturerID says what stands on it",
      ),
  handler: async (args, io) => {
    requireAbsent(args.out);
    if (args.backend !== "dimo" || args["chain-id"] === undefined || args.rpc === undefined)
      throw new TouchmarkError("USAGE", { data: { missing: "--backend dimo, --rpc and --chain-id" } });
    const { rpc } = args;
    return await withRegistry(args, io, async ({ account, backend, deployment }) => {
      if (account === undefined) throw new TouchmarkError("INTERNAL");
      const nodes = String(backend.nodes.target);
      const stake = await read<string>(backend.contract, "getManufacturerLicense");
      const board = await deployDimoBoard(account, { nodes, stake });
      const addresses = { registry: String(backend.contract.target), nodes, board };
      const json = { rpc, chainId: deployment.chainId, addresses };
      await writeBytes(args.out, Buffer.from(`${toJson(json)}\n`));
      return { json, text: table(Object.entries(addresses)) };
    });
  },
});
