// SPDX-License-Identifier: Apache-2.0
import { isAddress } from "ethers";
import { TouchmarkError } from "../../errors.ts";
import type { Requirement } from "../../registry/backend/backend.ts";
import { read } from "../../registry/transaction.ts";
import { chainArguments } from "../chain.ts";
import { wholeNumber } from "../numbers.ts";
import { verb } from "../verb.ts";
import { chainNow } from "./device-result.ts";
import { registryArguments, withRegistry } from "./registry-session.ts";

export const status = verb({
  command: "status <id>",
  describe: "What registering units depends on: privilege, license, certificate, quota, credit, approval",
  builder: (yargs) =>
    registryArguments(chainArguments(yargs))
      .positional("id", { type: "string", demandOption: true, describe: "ManufacturerID: the node's token id" })
      .option("count", { type: "string", default: "1", describe: "Units to be registered" })
      .option("model", { type: "string", describe: "With dimo: ask for this model's certificate in our programme" })
      .option("account", { type: "string", describe: "Who registers; the node's owner where left out" })
      .example("$0 registry status 7 --count 500 --backend dimo --rpc https://… --chain-id 137", "no key is needed"),
  handler: (args, io) =>
    withRegistry(args, io, async (session) => {
      const { backend } = session;
      const manufacturerId = wholeNumber("id", args.id);
      const count = Number(wholeNumber("count", args.count));
      if (args.account !== undefined && !isAddress(args.account))
        throw new TouchmarkError("USAGE", { data: { option: "account", expected: "an address" } });
      const account = args.account ?? (await read<string>(backend.nodes, "ownerOf", manufacturerId));
      const now = await chainNow(session);
      const json = await backend.requirements({ manufacturerId, account, count, now });
      return { json, text: json.map(line).join("\n"), refused: json.some(({ met }) => met === false) };
    }),
});

function line({ what, met, data }: Requirement): string {
  const said = met === undefined ? "n/a" : met ? "ok" : "no";
  const details = Object.entries(data).map(([name, value]) => `${name} ${String(value)}`);
  return `${said.padEnd(4)}${what.padEnd(22)}${details.join(", ")}`;
}
