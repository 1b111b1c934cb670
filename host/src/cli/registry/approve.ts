// SPDX-License-Identifier: Apache-2.0
import { read, transact } from "../../registry/transaction.ts";
import { accountArguments } from "../chain.ts";
import { table } from "../print.ts";
import { verb } from "../verb.ts";
import { caller } from "./device-result.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";

export const approve = verb({
  command: "approve",
  describe: "Manufacturer: let DIMO's registry hand its devices to those who claim them; once, before the first claim",
  builder: (yargs) =>
    registryArguments(accountArguments(yargs))
      .option("remove", { type: "boolean", default: false, describe: "No longer" })
      .example("$0 registry approve --backend dimo --rpc https://… --chain-id 137 --key owner.pem", ""),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { tokens: contract, contract: registry, name } = session.backend;
      const [owner, operator, wanted] = [await caller(session).getAddress(), String(registry.target), !args.remove];
      if (name === "touchmark")
        return { json: { needed: false }, text: "not needed: our registry moves what it mints" };
      const approved = (): Promise<boolean> => read<boolean>(contract, "isApprovedForAll", owner, operator);
      if ((await approved()) !== wanted)
        await transact({ contract, method: "setApprovalForAll", args: [operator, wanted], event: "ApprovalForAll" });
      const json = { owner, operator, approved: await approved() };
      return { json, text: table(Object.entries(json)), refused: json.approved !== wanted };
    }),
});
